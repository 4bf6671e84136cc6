import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { madeChain, madeClearedLog } from '../../lab/made-chains.ts'
import type { Severity, Verdict } from '../../model/finding.ts'
import type { Clock } from '../clock.ts'
import { Outbox, type OutboxBounds, outboxBounds } from '../store/outbox.ts'
import { Store } from '../store/store.ts'
import { Deliverer, giveUpAfter } from './deliverer.ts'
import { OutboxDesk } from './desk.ts'
import { alertDocument, ecsDocument } from './document.ts'
import { type AlertTarget, delivered, failed, type Message, type Outcome } from './targets/target.ts'

const bits: Record<Severity, number> = { informational: 1, low: 4, medium: 9, high: 15, critical: 25 }

function scored(id: string, severity: Severity, verdict: Verdict = 'outlier', formerIds: readonly string[] = []) {
  const chain = madeChain({ id, formerIds: [...formerIds], host: 'ws1', taskPath: '\\Evil' })
  return { chain, verdict, score: { bits: bits[severity], severity, factors: [] }, baseline: null, settings: null }
}

/** A receiver that does what it is told to, and remembers. */
class Receiver implements AlertTarget {
  readonly name: string
  readonly atOnce = 10
  readonly got: Message[] = []
  answer: (message: Message) => Outcome = () => delivered

  constructor(name = 'webhook') {
    this.name = name
  }

  async send(messages: readonly Message[]): Promise<Outcome[]> {
    for (const message of messages) this.got.push(message)
    return messages.map((message) => this.answer(message))
  }

  close(): void {}

  get told(): string[] {
    return this.got.map(({ head, attempt }) => `${head.id} ${head.reason} ${head.severity} #${attempt}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-outbox-'))
const stores: Store[] = []
afterAll(() => {
  for (const store of stores) store.close()
  rmSync(folder, { recursive: true })
})

function service(bounds: OutboxBounds = outboxBounds) {
  const store = Store.open(join(folder, `${stores.length}.db`))
  stores.push(store)
  const time = { now: 1_000_000 }
  const clock: Clock = { now: () => time.now, after: () => () => {}, random: () => 1 }
  const outbox = new Outbox(store.database, bounds)
  const receiver = new Receiver()
  const desk = new OutboxDesk(outbox, { severity: 'medium', targets: [receiver.name] })
  const deliverer = new Deliverer(receiver, { outbox, clock, findingOf: () => null })
  const publish = (...given: Parameters<typeof scored>) => desk.published(scored(...given), ['a.evtx'], time.now)
  const turn = () => deliverer.turn(new AbortController().signal)
  const turns = async () => {
    for (let wait: number | null = 0; wait === 0; ) wait = await turn()
  }
  return { store, time, outbox, receiver, desk, deliverer, publish, turn, turns }
}

describe('whoever is to be told', () => {
  test('is told once, again when it gets worse and when its verdict changes, never when it gets better', async () => {
    const { publish, turns, receiver } = service()
    publish('a', 'low')
    publish('a', 'medium', 'not-run')
    publish('a', 'medium', 'not-run')
    publish('a', 'high', 'not-run')
    publish('a', 'medium', 'not-run')
    publish('a', 'high', 'not-run')
    publish('a', 'high', 'outlier')
    publish('a', 'critical', 'outlier')
    await turns()
    expect(receiver.told).toEqual([
      'a.1 new medium #1',
      'a.2 worse high #1',
      'a.3 verdict high #1',
      'a.4 worse critical #1',
    ])
    expect(receiver.got[1]?.head.before).toEqual({ severity: 'medium', verdict: 'not-run' })
  })

  test('is told that what was told does not hold any more, once, and that it is back', async () => {
    const { publish, desk, turns, receiver } = service()
    desk.withdrawn('never-told', 'its records were of another host', 5)
    publish('a', 'high')
    desk.withdrawn('a', 'a better record showed an approved change', 5)
    desk.withdrawn('a', 'a better record showed an approved change', 6)
    publish('a', 'high')
    publish('a', 'high')
    await turns()
    expect(receiver.told).toEqual(['a.1 new high #1', 'a.2 withdrawn high #1', 'a.3 returned high #1'])
    const [, withdrawn] = receiver.got
    expect(JSON.parse(alertDocument(withdrawn as Message))).toMatchObject({
      withdrawn: 'a better record showed an approved change',
      summary: 'Withdrawn (a better record showed an approved change): \\Evil on ws1',
    })
  })

  test('is not told anew of a finding that changed its id, or of two that became one', async () => {
    const { publish, turns, receiver } = service()
    publish('a', 'medium')
    publish('b', 'high')
    publish('c', 'high', 'outlier', ['a', 'b'])
    publish('c', 'critical', 'outlier', ['a', 'b'])
    publish('d', 'critical', 'outlier', ['a', 'b', 'c'])
    // an id that was told before never begins a second alert under the same name
    publish('a', 'critical')
    await turns()
    expect(receiver.told).toEqual(['a.1 new medium #1', 'b.1 new high #1', 'a.2 worse critical #1'])
  })

  test('gets the whole story, as JSON and as a document of ECS', async () => {
    const { publish, turns, receiver } = service()
    publish('a', 'critical')
    await turns()
    const [message] = receiver.got as [Message]
    const alert = JSON.parse(alertDocument(message))
    expect(alert).toMatchObject({
      schema: 'tasktrail.alert/1',
      ...{ id: 'a.1', alert: 'a', sequence: 1, reason: 'new', attempt: 1, redelivery: false, before: null },
      ...{ severity: 'critical', host: 'ws1', title: '\\Evil', leftOut: [] },
      finding: { schema: 'tasktrail.finding/1', id: 'a', task: { path: '\\Evil' } },
    })
    expect(alert.text).toContain('\\Evil on ws1')
    expect(JSON.parse(ecsDocument(message))).toMatchObject({
      event: { kind: 'alert', id: 'a', created: '1970-01-01T00:16:40.000Z' },
      tasktrail: { schema: 'tasktrail.finding/1', alert: { id: 'a.1', reason: 'new' } },
    })
  })

  test('gets less of a story that is too long, and is told so', async () => {
    const { publish, turns, receiver } = service()
    publish('a', 'critical')
    await turns()
    const [message] = receiver.got as [Message]
    const short = JSON.parse(alertDocument(message, 1_000))
    expect(short).toMatchObject({ text: null, finding: null, leftOut: ['text', 'finding'], findingId: 'a' })
    expect(short.summary).toContain('\\Evil')
  })

  test('is told of a log that was cleared', async () => {
    const { desk, turns, receiver } = service()
    const chain = madeClearedLog({ id: 'l', host: '' })
    const score = { bits: 9, severity: 'medium' as const, factors: [] }
    desk.published({ chain, verdict: 'ordinary', score, baseline: null, settings: null }, [], 5)
    await turns()
    expect(receiver.got[0]?.story?.summary).toBe('log Security cleared on a host without a name by somebody')
  })
})

describe('what is told', () => {
  test('survives a kill between sending and noting, and is marked as sent again', async () => {
    const { publish, turn, receiver, outbox, deliverer, time } = service()
    publish('a', 'high')
    const ends = new AbortController()
    const killed: AlertTarget = {
      ...{ name: receiver.name, atOnce: 10, close: () => {} },
      send: async (messages) => {
        await receiver.send(messages)
        ends.abort()
        return []
      },
    }
    await new Deliverer(killed, {
      outbox,
      clock: { now: () => time.now, after: () => () => {}, random: () => 0 },
      findingOf: () => null,
    }).turn(ends.signal)
    await turn()
    expect(receiver.told).toEqual(['a.1 new high #1', 'a.1 new high #2'])
    expect(JSON.parse(alertDocument(receiver.got[1] as Message))).toMatchObject({ id: 'a.1', redelivery: true })
    expect(deliverer.status).toMatchObject({ waiting: 0, delivered: 1 })
  })

  test('is not noted when the transaction in which it was decided is not', async () => {
    const { store, publish, turn, turns, receiver } = service()
    const undone = () =>
      store.transaction(() => {
        publish('a', 'high')
        // what is not durable is not sent
        turn()
        throw new Error('no space')
      })
    expect(undone).toThrow('no space')
    await turns()
    expect(receiver.told).toEqual([])
    publish('a', 'high')
    await turns()
    expect(receiver.told).toEqual(['a.1 new high #1'])
  })

  test('waits as long as its receiver is away, asked ever less often, and arrives in its order', async () => {
    const { publish, turn, turns, receiver, deliverer, time } = service()
    const away = failed('connection refused')
    receiver.answer = () => away
    publish('a', 'medium')
    publish('b', 'high')
    publish('a', 'high')
    const until = time.now + 86_400_000
    for (let wait: number | null = 0; time.now < until; time.now += wait ?? 60_000) wait = await turn()
    expect(receiver.got.length).toBeLessThan(400)
    expect(deliverer.status).toMatchObject({ waiting: 3, dead: 0, lastFailure: { reason: 'connection refused' } })
    receiver.answer = () => delivered
    receiver.got.length = 0
    time.now += 300_000
    await turns()
    time.now += 300_000
    await turns()
    expect(receiver.got.map(({ head }) => head.id).filter((id) => id.startsWith('a'))).toEqual(['a.1', 'a.2'])
    expect(deliverer.status).toMatchObject({ waiting: 0, delivered: 3, notBefore: null })
  })

  test('does not hold up others when it alone fails, but the later parts of its own alert', async () => {
    const { publish, turns, receiver, deliverer, time } = service()
    const poison = failed('500')
    receiver.answer = ({ head }) => (head.alert === 'a' ? poison : delivered)
    publish('a', 'medium')
    publish('a', 'high')
    publish('b', 'high')
    publish('c', 'high')
    await turns()
    expect(deliverer.status).toMatchObject({ waiting: 2, delivered: 2 })
    receiver.answer = () => delivered
    time.now += 1_000
    await turns()
    expect(receiver.told.slice(-2)).toEqual(['a.1 new medium #2', 'a.2 worse high #1'])
  })

  test('waits as long as its receiver asks', async () => {
    const { publish, turn, receiver, time } = service()
    receiver.answer = () => failed('429', 42_000)
    publish('a', 'high')
    expect(await turn()).toBe(0)
    expect(await turn()).toBe(42_000)
    time.now += 42_000
    receiver.answer = () => delivered
    await turn()
    expect(receiver.got).toHaveLength(2)
  })

  test('is given up when it is refused or after a week, listed, and sent again when somebody wants it', async () => {
    const { publish, turns, receiver, deliverer, outbox, time } = service()
    receiver.answer = () => ({ kind: 'refused', reason: '400: what is this' })
    publish('a', 'high')
    await turns()
    receiver.answer = () => failed('away')
    publish('b', 'high')
    await turns()
    time.now += giveUpAfter
    await turns()
    const dead = outbox.list({ state: 'dead', before: null, limit: 10 })
    expect(dead.map(({ head, error }) => `${head.id} ${error}`)).toEqual(['b.1 away', 'a.1 400: what is this'])
    expect(deliverer.status).toMatchObject({ waiting: 0, dead: 2 })
    receiver.answer = () => delivered
    receiver.got.length = 0
    expect(outbox.resend({ id: null, target: 'elasticsearch' }, time.now)).toBe(0)
    expect(outbox.resend({ id: null, target: null }, time.now)).toBe(2)
    deliverer.askAgain()
    await turns()
    expect(receiver.told).toEqual(['a.1 new high #2', 'b.1 new high #3'])
    expect(outbox.resend({ id: null, target: null }, time.now)).toBe(0)
    expect(outbox.resend({ id: 'a.1', target: null }, time.now)).toBe(1)
  })

  test('is kept without its own story when stories are too many, and not at all when it is', async () => {
    const { publish, turns, receiver, outbox, time } = service({ waiting: 2, bytes: 0 })
    const finding = { id: 'a' } as never
    publish('a', 'high')
    publish('b', 'high')
    publish('c', 'high')
    expect(outbox.notTold).toBe(1)
    const late = new Receiver()
    const clock: Clock = { now: () => time.now, after: () => () => {}, random: () => 0 }
    await new Deliverer(late, { outbox, clock, findingOf: (id) => (id === 'a' ? finding : null) }).turn(
      new AbortController().signal,
    )
    const [first, second] = late.got.map((message) => JSON.parse(alertDocument(message)))
    expect(first).toMatchObject({ id: 'a.1', finding: { id: 'a' }, text: null, leftOut: ['text'] })
    expect(second).toMatchObject({ id: 'b.1', finding: null, summary: '\\Evil on ws1' })
    expect(JSON.parse(ecsDocument(late.got[1] as Message))).toMatchObject({ event: { id: 'b' }, host: { name: 'ws1' } })
    // what was not noted is told as soon as it changes again
    publish('c', 'high')
    await turns()
    expect(receiver.told).toEqual(['c.1 new high #1'])
  })

  test('is forgotten when nobody waits for it, the dead later', async () => {
    const { publish, turns, receiver, outbox } = service()
    receiver.answer = ({ head }) => (head.alert === 'b' ? { kind: 'refused', reason: 'no' } : delivered)
    for (const id of ['a', 'b']) publish(id, 'high')
    await turns()
    publish('c', 'high')
    const later = Number.MAX_SAFE_INTEGER
    expect(outbox.forget({ delivered: later, dead: 0 }, 10)).toBe(1)
    expect(outbox.forget({ delivered: later, dead: later }, 10)).toBe(1)
    expect(outbox.list({ state: null, before: null, limit: 10 }).map(({ head }) => head.id)).toEqual(['c.1'])
    // its next part goes on where it was
    publish('a', 'critical')
    expect(outbox.list({ state: null, before: null, limit: 1 })[0]?.head.id).toBe('a.2')
  })
})
