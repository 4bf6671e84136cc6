import { describe, expect, test } from 'vitest'
import { madeChain, madeChange } from '../lab/made-chains.ts'
import type { Change, TaskChain } from '../model/chain.ts'
import { joinRemoteIntents } from './remote-intents.ts'

const time = Date.UTC(2026, 2, 10, 10)
let next = 0

function chain(host: string, change: Partial<Change>, more: Partial<TaskChain> = {}): TaskChain {
  const because = 'The audit event has client process id 0.'
  const actor = { user: 'EX\\ann', remote: { address: '192.0.2.9' } }
  return {
    ...madeChain({ id: `id${next++}`, host, taskPath: '\\Job' }),
    change: madeChange({ time, route: 'remote-rpc', confidence: 'strong', because, actor, ...change }),
    evidence: [{ time, ticks: 0, source: 0, channel: 'Security', eventId: 4698, recordId: next, alsoIn: [] }],
    ...more,
  }
}

const made = (change: Partial<Change> = {}, more: Partial<TaskChain> = {}) =>
  chain('fs01.example.test', { time: time + 900, ...change }, more)
const asked = (change: Partial<Change> = {}) => {
  const process = {
    pid: 812,
    image: 'C:\\Windows\\System32\\schtasks.exe',
    commandLine: 'schtasks /s FS01',
    ancestry: [],
  }
  const actor = { user: 'EX\\ann', sid: null, logonId: null, process, remote: null }
  return chain('ws5.example.test', { outcome: 'attempted', route: 'schtasks', target: 'FS01', actor, ...change })
}

describe('a command for another host', () => {
  test('joins the change that the other host saw, which gets the host and process it came from', () => {
    const [target, intent] = [made(), asked()]
    const joined = joinRemoteIntents([target, intent])
    expect(joined.get(target)?.change).toMatchObject({
      route: 'remote-rpc',
      actor: { user: 'EX\\ann', remote: { address: '192.0.2.9', host: 'ws5.example.test' } },
      because:
        'The audit event has client process id 0. The command line of schtasks.exe (pid 812) on ws5.example.test asks for it.',
    })
    expect(joined.get(target)?.evidence).toHaveLength(2)
    expect(joined.get(intent)?.partOf).toBe(target.id)
  })

  test('also where the other host did not know that its caller was elsewhere', () => {
    const target = made({ route: 'unknown', confidence: 'none' })
    expect(joinRemoteIntents([target, asked()]).get(target)?.change).toMatchObject({
      route: 'remote-rpc',
      confidence: 'strong',
    })
  })

  test.each([
    ['of another task', made({}, { taskPath: '\\Other' }), asked()],
    ['of another host', { ...made(), host: 'fs02.example.test' }, asked()],
    [
      'of another user',
      made({ actor: { user: 'EX\\bob', sid: null, logonId: null, process: null, remote: null } }),
      asked(),
    ],
    ['long after', made({ time: time + 400_000 }), asked()],
    ['by a program of that host', made({ route: 'schtasks' }), asked()],
    ['of another kind', made({ kind: 'deleted' }), asked()],
  ])('stays an attempt beside a change %s', (_, target, intent) => {
    expect(joinRemoteIntents([target, intent]).size).toBe(0)
  })

  test('with another account for the other host is told apart from its caller', () => {
    const target = made({ actor: { user: 'EX\\svc', sid: null, logonId: null, process: null, remote: null } })
    expect(joinRemoteIntents([target, asked({ connectAs: 'EX\\svc' })]).size).toBe(2)
  })

  test('claims one change; the next command the next', () => {
    const [first, second] = [made(), made({ time: time + 60_000 })]
    const intents = [asked(), asked({ time: time + 59_000 })]
    const joined = joinRemoteIntents([first, second, ...intents])
    expect(intents.map((intent) => joined.get(intent)?.partOf)).toEqual([first.id, second.id])
  })
})
