import { carrierFiles, everyWriter } from '../../src/lab/carriers/index.ts'
import type { Incident } from '../../src/lab/demo-incident.ts'
import { evtxBytes } from '../../src/lab/evtx-writer/evtx-writer.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import type { Random } from '../../src/lab/random.ts'
import { hostileKinds } from './hostile-kinds.ts'

/** The files of one round, and what must be true of a scan of them. */
export interface HostileRound {
  readonly files: readonly (readonly [name: string, content: string | Buffer])[]
  /** What was done, for whoever reads of a failure. */
  readonly what: string
  /** Records in the files. */
  readonly records: number
  /** Something in the files cannot be read. */
  readonly isDamaged: boolean
  /** The task of the attack, whose records are among the others as they were. */
  readonly attackedTask: string
}

/** Records a round may have, and the bytes of their texts. */
const mostRecords = 12_000
const mostBytes = 24 << 20

/** An attacked host's records with hostile ones beside them, in a carrier that the round draws. */
export function hostileRound({ files, truth }: Incident, random: Random): HostileRound {
  const attacked = truth.files.flatMap(({ file, expected }) =>
    expected.chains.filter(({ outlier }) => outlier).map(({ task, host }) => ({ file, task: task as string, host })),
  )
  const { file, task, host } = drawn(attacked, random)
  const own = files.filter(({ path }) => path.startsWith(`${file}/`)).flatMap(({ events }) => events)
  const kinds = Array.from({ length: random.whole(1, 3) }, () => drawn(hostileKinds, random))
  const hostile = within(
    kinds.flatMap(({ events }) => events(own, random)),
    own.length,
  )
  const carrier = random.whole(0, everyWriter.length) // one more than there are: EVTX
  const writer = everyWriter[carrier]
  const what = `${kinds.map(({ name }) => name).join(' + ')} on ${host} as ${writer?.name ?? 'evtx'}`
  const told = { attackedTask: task, what, records: own.length + hostile.length }
  if (!writer) {
    const logs: (readonly [string, Buffer])[] = [...Map.groupBy(own, ({ channel }) => channel)].map(
      ([channel, events]) => [`${channel.replaceAll('/', '%4')}.evtx`, evtxBytes(events)],
    )
    logs.push(['Archive-Hostile.evtx', evtxBytes(hostile)])
    return { ...told, files: logs, isDamaged: false }
  }
  const texts =
    random.whole(0, 1) === 0
      ? carrierFiles(writer, [...own, ...hostile])
      : [...carrierFiles(writer, own), ...carrierFiles(writer, hostile)]
  const isDamaged = random.whole(0, 4) === 0
  if (isDamaged) {
    const at = random.whole(0, texts.length - 1)
    texts[at] = damaged(texts[at] as string, random)
  }
  return {
    ...told,
    what: isDamaged ? `${what}, damaged` : what,
    files: texts.map((text, index) => [`events-${index}.json`, text] as const),
    isDamaged,
  }
}

/** As many as a round may have. */
function within(events: readonly LabEvent[], others: number): LabEvent[] {
  const kept: LabEvent[] = []
  let bytes = 0
  for (const event of events) {
    if (kept.length + others >= mostRecords || bytes > mostBytes) break
    kept.push(fitting(event))
    bytes += 500
    for (const [, value] of event.body.fields) if (typeof value.value === 'string') bytes += value.value.length
  }
  return kept
}

/** Characters of text that a record has room for: an EVTX chunk has 64 KiB. */
const mostText = 26_000

/** The event with its texts cut to what a record has room for. */
function fitting(event: LabEvent): LabEvent {
  let left = mostText
  const fields = event.body.fields.map(([name, value]): (typeof event.body.fields)[number] => {
    if (value.type !== 'string') return [name, value]
    const text = value.value.slice(0, left)
    left -= text.length
    return [name, { type: 'string', value: text }]
  })
  return { ...event, body: { ...event.body, fields } }
}

/** A text in which something stands that is no event, behind the first event so that the text is still known for what it is. */
function damaged(text: string, random: Random): string {
  const isXml = text.startsWith('<')
  const begins = isXml ? '<Event xmlns' : '\n'
  const events = text.split(begins)
  const broken = isXml ? brokenXml : brokenJson
  const at = random.whole(1, Math.max(1, events.length - 2))
  const before = events.slice(0, at + 1).join(begins)
  return `${before}${isXml ? '' : '\n'}${drawn(broken, random)}${begins}${events.slice(at + 1).join(begins)}`
}

const brokenXml = [
  '<Event><System><EventID>1',
  '<Event><System></Event>',
  '<Event>',
  `<Event>${'<a>'.repeat(3000)}</Event>`,
]
const brokenJson = [
  '{"EventID": 1, "Channel"',
  '{]',
  `{"a":${'['.repeat(3000)}`,
  '{"EventID":4688,"x":"\u0000"',
  '{"EventID":4698,,}',
]

const drawn = <T>(from: readonly T[], random: Random): T => from[random.whole(0, from.length - 1)] as T
