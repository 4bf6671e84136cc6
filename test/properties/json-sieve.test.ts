import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { RecordReader } from '../../src/engine/ports.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { carrierWriters } from '../../src/lab/carriers/index.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { sensorWriters } from '../../src/lab/sensors/index.ts'
import type { Interest, WindowsRecord } from '../../src/model/record.ts'
import { sensorClass, sensors } from '../../src/model/sensor.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { openJsonReader } from '../../src/sources/json/json-reader.ts'

// What the sieve holds back must be nothing: whatever a normalizer would make of any event, it must be handed out.

const data = '../shared/data/dev/json'
const folder = mkdtempSync(join(tmpdir(), 'tasktrail-sieve-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tools = { readDefinition: () => ({ definition: null, problem: null }) as never }
/** The same kinds of event, but every one of them, whatever it says. */
const everything: Interest[] = interests.map(({ provider, eventId }) => ({ provider, eventId }))
/** Ids without number: an interest in every id there is makes the reader parse every line. */
const allIds: Interest[] = [
  ...Array.from({ length: 65_536 }, (_, eventId) => ({ provider: 'nobody', eventId })),
  // every class, whatever its rows say
  ...Object.values(sensorClass).map((eventId) => ({ provider: sensors.ocsf, eventId })),
]

let inputs = 0

async function meaning(text: string | Buffer, reader: RecordReader): Promise<string[]> {
  const path = join(folder, 'input')
  writeFileSync(path, text)
  const found: string[] = []
  // a reader keeps what it has learned of a file, by its name
  const unit = { source: 0, path, name: `input ${inputs++}`, kind: 'json-lines', from: 0, to: 1 << 20, bytes: 0 }
  await reader.read(
    unit,
    (record: WindowsRecord) => {
      const fact = normalize(record, tools)
      if (fact !== null) found.push(`${record.position} ${record.time} ${JSON.stringify(fact)}`)
    },
    () => {},
    () => {},
  )
  return found
}

// To look for so many ids takes longer to prepare than to do.
const [slowReader, fastReader] = [openJsonReader([...everything, ...allIds]), openJsonReader(interests)]
const slow = (text: string | Buffer) => meaning(text, slowReader)
const fast = (text: string | Buffer) => meaning(text, fastReader)

const files = existsSync(data) ? readdirSync(data).map((name) => join(data, name)) : []

test.skipIf(files.length === 0)('over all the labelled data', async () => {
  for (const file of files) {
    const bytes = gunzipSync(readFileSync(file))
    const quick = await fast(bytes)
    expect(quick.length, file).toBeGreaterThan(0)
    expect(quick, file).toEqual(await slow(bytes))
  }
})

const decoy = {
  recordId: 1,
  time: '2026-03-04T05:06:07Z',
  provider: 'Microsoft-Windows-Security-Auditing',
  channel: 'Security',
  eventId: 4699,
  computer: 'ws5',
}
const falcon = { event_simpleName: 'ScheduledTaskDeleted', aid: 'a', timestamp: '1790669662417', TaskName: 'T' }
/** Keys of one carrier in another's data: none of them may hold an event back. */
const decoys = [
  { ...decoy, data: { TaskName: '\\T', ActionType: 'DnsQuery', class_uid: 4001, dataset: 'endpoint.events.network' } },
  { ...decoy, data: { TaskName: JSON.stringify({ event_simpleName: 'DnsRequest', ActionType: 'x' }) } },
  { ...falcon, EventID: 5, EventCode: '6' },
  { ...falcon, CommandLine: JSON.stringify({ EventID: 5, class_uid: 4001 }) },
  { class_uid: 1006, activity_id: 3, time: 1773134043512, job: { name: 'T' }, unmapped: { EventID: 9 }, device: {} },
  { class_uid: '1006', activity_id: '3', time: 1773134043512, job: { name: 'T' }, raw_data: '{"ActionType":"x"}' },
  {
    class_uid: 201_002,
    activity_id: 2,
    time: 1,
    reg_value: { path: 'HKU\\S-1\\Environment', name: 'windir' },
    actor: { process: { pid: 1 } },
  },
].map((value) => JSON.stringify(value))

/** Lines to make others of: every kind of fact in every carrier, and of the real data all that matters and some that does not. */
function seeds(): string[] {
  const events = demoIncident().files.flatMap((file) => file.events)
  const made = [
    ...carrierWriters.flatMap((writer) => events.map((event) => writer.line(event))),
    // rows of sensors, and what tells one of their rows from the next in an event of another carrier
    ...sensorWriters.flatMap((writer) =>
      writer.files(events).flatMap((file) => (file.startsWith('{') ? file.split('\n') : [])),
    ),
    ...decoys,
    // Windows' XML as a text, beside keys that are of something else
    ...events.flatMap((event) => {
      const xml = eventXmlWriter.line(event)
      return [{ event_id: '1', message: xml }, { event: { original: xml.replace(/='([^'"<>]*)'/g, '="$1"') } }].map(
        (line) => JSON.stringify(line),
      )
    }),
  ].filter(Boolean)
  const real = files.flatMap((file) => {
    const lines = gunzipSync(readFileSync(file)).toString().split('\n').filter(Boolean)
    const telling = lines.filter((line) =>
      /atsvc|taskschd|TaskCache|ScheduledTask|\b(?:4698|4702|4699|4688|129|106)\b/.test(line),
    )
    return [...lines.filter((_, i) => i % 997 === 0), ...telling.filter((_, i) => i % 23 === 0)]
  })
  return [...made, ...real].map((line) => line.trim())
}
const lines = seeds()

interface Manner {
  readonly order: number
  readonly space: string
  readonly escape: number
  readonly ids: 'same' | 'text' | 'fraction' | 'power' | 'object' | 'padded'
  readonly wrap: 'none' | 'result' | 'source' | 'raw'
}

const manners: fc.Arbitrary<Manner> = fc.record({
  order: fc.integer({ min: 0, max: 1 << 30 }),
  space: fc.constantFrom('', ' ', '  ', '\t', '\r'),
  escape: fc.constantFrom(0, 0, 0.02, 0.3, 1),
  ids: fc.constantFrom('same', 'same', 'text', 'fraction', 'power', 'object', 'padded'),
  wrap: fc.constantFrom('none', 'none', 'result', 'source', 'raw'),
})

/** The same value, written in another manner: order of members, blanks, escapes of any character, forms of the id. */
function rewrite(line: string, manner: Manner): string {
  let seed = manner.order
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return seed / 0x8000_0000
  }
  const text = (value: string) =>
    `"${[
      ...JSON.stringify(value)
        .slice(1, -1)
        .matchAll(/\\u[\da-f]{4}|\\.|[^\\]/gs),
    ]
      .map(([sign]) =>
        sign.length > 1 || random() >= manner.escape ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      .join('')}"`
  const blank = () => (random() < 0.5 ? manner.space : '')
  const id = (value: unknown): string => {
    const number = Number(value)
    switch (manner.ids) {
      case 'text':
        return text(String(number))
      case 'fraction':
        return `${number}.0`
      case 'power':
        return `${number / 10}e1`
      case 'object':
        return `{${blank()}"Value"${blank()}:${blank()}${number}}`
      case 'padded':
        return `"${'0'.repeat(Math.floor(random() * 14))}${number}${blank().replace(/\s/g, ' ')}"`
      default:
        return typeof value === 'string' ? text(value) : String(value)
    }
  }
  const write = (value: unknown, key = ''): string => {
    if (/^(?:EventI[Dd]|event_id|eventId|EventCode|class_uid)$/.test(key) && /^\d+$/.test(String(value)))
      return id(value)
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return `[${value.map((item) => blank() + write(item) + blank()).join(',')}]`
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value)
      for (let i = members.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1))
        const here = members[i] as [string, unknown]
        members[i] = members[j] as [string, unknown]
        members[j] = here
      }
      return `{${members.map(([name, item]) => `${blank()}${text(name)}${blank()}:${blank()}${write(item, name)}${blank()}`).join(',')}}`
    }
    return JSON.stringify(value)
  }
  const written = write(JSON.parse(line))
  switch (manner.wrap) {
    case 'result':
      return `{"preview":false,${blank()}"result":${blank()}${written}}`
    case 'source':
      return `{"_index":"logs","_source":${written},"_id":"1"}`
    case 'raw':
      return `{"result":{"_time":"1","_raw":${text(written)}}}`
    default:
      return written
  }
}

test('whatever the order, the blanks, the escapes, the form of the id and the wrapping', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: lines.length - 1 }), manners), { minLength: 60, maxLength: 120 }),
      async (picks) => {
        const text = picks.map(([index, manner]) => `${rewrite(lines[index] as string, manner)}\n`).join('')
        const found = await slow(text)
        expect(await fast(text)).toEqual(found)
        return found.length > 0
      },
    ),
    { numRuns: Number(process.env.SIEVE_RUNS ?? 120) },
  )
})

test('rewriting does not change what an event means', async () => {
  const plain: Manner = { order: 1, space: '', escape: 0, ids: 'same', wrap: 'none' }
  const odd: Manner = { order: 77, space: ' ', escape: 0.3, ids: 'object', wrap: 'raw' }
  const some = lines.filter((_, i) => i % 37 === 0)
  // of the mixture of zones no clock can be right: places and times are left out
  const withoutPlace = (facts: string[]) =>
    facts.map((fact) => fact.replace(/^\d+ \d+ /, '').replace(/"(?:position|time)":\d+/g, ''))
  const before = withoutPlace(await fast(some.map((line) => `${rewrite(line, plain)}\n`).join('')))
  const after = withoutPlace(await fast(some.map((line) => `${rewrite(line, odd)}\n`).join('')))
  expect(before.length).toBeGreaterThan(50)
  expect(after).toEqual(before)
})
