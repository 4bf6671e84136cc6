import { auditLogCleared, NOBODY } from '../../src/lab/event-catalogue/security.ts'
import type { Fields, LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import type { LabValue } from '../../src/lab/evtx-writer/value.ts'
import type { Random } from '../../src/lab/random.ts'

/** One way in which an attacker shapes what a host's logs say: records made of the host's own. */
interface HostileKind {
  readonly name: string
  events(own: readonly LabEvent[], random: Random): LabEvent[]
}

const drawn = <T>(from: readonly T[], random: Random): T => from[random.whole(0, from.length - 1)] as T

/** Some neighbouring records of the host, told anew: later, with ids of their own. */
function piece(own: readonly LabEvent[], random: Random): LabEvent[] {
  const from = random.whole(0, own.length - 1)
  const later = random.whole(-3, 3) * 86_400_000 + random.whole(0, 86_400_000)
  return own.slice(from, from + random.whole(1, 60)).map((event) => ({
    ...event,
    recordId: event.recordId + 5_000_000,
    time: { ...event.time, time: event.time.time + later },
  }))
}

const withFields = (event: LabEvent, change: (name: string, value: LabValue, index: number) => LabValue): LabEvent => ({
  ...event,
  body: {
    ...event.body,
    fields: event.body.fields.map(([name, value], index) => [name, change(name, value, index)] as const) as Fields,
  },
})

/** Texts of at most some 16,000 characters, which is what one record of a log has room for. */
const hostileTexts: ((random: Random) => string)[] = [
  (random) => `\\N${'\\a'.repeat(random.whole(10, 7000))}`,
  (random) => `schtasks /create /tr x /tn \\N${'\\a'.repeat(random.whole(10, 7000))}`,
  (random) => `schtasks /create /tn "${'"'.repeat(random.whole(1, 4000))} /tr ${'^'.repeat(random.whole(1, 4000))}`,
  (random) => `cmd /c ${'cmd /c '.repeat(random.whole(1, 1500))}schtasks /run /tn x`,
  (random) => 'powershell -enc '.repeat(random.whole(1, 900)),
  (random) =>
    `powershell -EncodedCommand ${Buffer.from(`${'('.repeat(random.whole(1, 3000))}Register-ScheduledTask`, 'utf16le').toString('base64')}`,
  (random) => `${'%'.repeat(random.whole(1, 8000))}SystemRoot%`,
  (random) => '%SystemRoot%\\..\\'.repeat(random.whole(1, 900)),
  () => '\u001b[2J\u202e\u0007\u009b31m\r\nfindings: none',
  () => '__proto__',
  () => 'constructor',
  () => '\ud800',
  () => '\0\0\0',
  () => '-',
  () => '',
  () => '\\\\?\\C:\\Windows\\System32\\cmd.exe:stream',
  () => 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
  () => '<Task><Actions><Exec><Command>',
  (random) =>
    `<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions>${'<Exec><Command>a</Command></Exec>'.repeat(random.whole(1, 400))}</Actions></Task>`,
  (random) => '<a>'.repeat(random.whole(1, 5000)),
  (random) => `<!DOCTYPE a [<!ENTITY b "${'&b;'.repeat(random.whole(1, 100))}">]><a>&b;</a>`,
  (random) => '{"EventID":'.repeat(random.whole(1, 1000)),
  (random) => '[{"a":'.repeat(random.whole(1, 2000)),
  (random) => '"\\"'.repeat(random.whole(1, 4000)),
  (random) => ' '.repeat(random.whole(1, 15_000)),
  (random) => 'a '.repeat(random.whole(1, 7000)),
  (random) => '\u00e4\ud83d\ude00'.repeat(random.whole(1, 3000)),
  (random) => "`'$(".repeat(random.whole(1, 3000)),
  (random) => 'Register-ScheduledTask -TaskName a;'.repeat(random.whole(1, 400)),
]
const hostileNumbers = [0, 1, 4, 0x7fff_ffff, 0xffff_ffff]
const wide = [0n, 1n, 0xffff_ffff_ffff_ffffn, 0x7fff_ffff_ffff_ffffn, 2n ** 53n]

function hostileValue(value: LabValue, random: Random): LabValue {
  switch (value.type) {
    case 'string':
      return { type: 'string', value: drawn(hostileTexts, random)(random) }
    case 'u32':
    case 'hex32':
      return { type: value.type, value: drawn(hostileNumbers, random) }
    case 'u64':
    case 'hex64':
    case 'pointer':
      return { type: value.type, value: drawn(wide, random) }
    case 'sid':
      return { type: 'sid', value: drawn(['S-1-0-0', 'S-1-5-18', 'S-1-5-21-0-0-0-500', 'S-1-5-7'], random) }
    case 'guid':
      return { type: 'guid', value: '{00000000-0000-0000-0000-000000000000}' }
    case 'filetime':
      return { type: 'filetime', value: { time: drawn(times, random), ticks: 0 } }
    default:
      return value
  }
}

/** Of 1601, of 1970, of some day in the years 2100 and 9999. */
const times = [-11_644_473_600_000, 0, 4_102_444_800_000, 253_370_764_800_000]

export const hostileKinds: readonly HostileKind[] = [
  {
    name: 'the same again and again',
    events(own, random) {
      const event = drawn(own, random)
      const step = drawn([0, 1, 1000, 60_000], random)
      return Array.from({ length: random.whole(500, 9000) }, (_, n) => ({
        ...event,
        recordId: 6_000_000 + n,
        time: { ...event.time, time: event.time.time + n * step },
      }))
    },
  },
  {
    name: 'the same with another name each',
    events(own, random) {
      const event = drawn(own, random)
      const length = drawn([8, 60, 1000], random)
      return Array.from({ length: random.whole(500, 6000) }, (_, n) =>
        withFields(
          { ...event, recordId: 7_000_000 + n, time: { ...event.time, time: event.time.time + n * 10 } },
          (_name, value) => {
            if (value.type === 'string')
              return { ...value, value: `${value.value.slice(0, 200)}${'x'.repeat(length)}${n}` }
            return value.type === 'u32' || value.type === 'pointer' ? { ...value, value: 10_000 + n * 4 } : value
          },
        ),
      )
    },
  },
  {
    name: 'texts',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 400) }, () => drawn(own, random)).map((event, n) =>
        withFields({ ...event, recordId: 8_000_000 + n }, (_name, value) =>
          random.whole(0, 3) === 0 ? hostileValue(value, random) : value,
        ),
      ),
  },
  {
    name: 'one text everywhere',
    events(own, random) {
      const text = drawn(hostileTexts, random)(random).slice(0, 4000)
      return Array.from({ length: random.whole(1, 600) }, () => drawn(own, random)).map((event, n) =>
        withFields({ ...event, recordId: 9_000_000 + n }, (_name, value) =>
          value.type === 'string' ? { ...value, value: text } : value,
        ),
      )
    },
  },
  {
    name: 'commands', // all that a user without rights can make a log say
    events(own, random) {
      const started = own.filter(({ body }) => body.fields.some(([name]) => name === 'CommandLine'))
      return Array.from({ length: random.whole(1, 900) }, (_, n) =>
        withFields({ ...drawn(started, random), recordId: 14_000_000 + n }, (name, value) =>
          name === 'CommandLine' ? { type: 'string', value: drawn(hostileTexts, random)(random) } : value,
        ),
      )
    },
  },
  {
    name: 'a log that is cleared again and again',
    events(own, random) {
      const { processId, threadId, computer, time } = drawn(own, random)
      const step = drawn([1, 1000, 60_000, 3_600_000], random)
      return Array.from({ length: random.whole(100, 3000) }, (_, n) => ({
        ...auditLogCleared({ time: { ...time, time: time.time + n * step }, processId, threadId }, NOBODY),
        recordId: 15_000_000 + n,
        computer,
      }))
    },
  },
  {
    name: 'one process id for all',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 30) }, () => piece(own, random)).flatMap((events) =>
        events.map((event) =>
          withFields(event, (_name, value) =>
            value.type === 'u32' || value.type === 'pointer' || value.type === 'hex64' ? { ...value, value: 4 } : value,
          ),
        ),
      ),
  },
  {
    name: 'a clock that jumps',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 60) }, () => piece(own, random)).flatMap((events) => {
        const by = drawn([-31_536_000_000, -3_600_000, -1000, 0, 1000, 3_600_000, 31_536_000_000], random)
        return events.map((event) => ({ ...event, time: { ...event.time, time: event.time.time + by } }))
      }),
  },
  {
    name: 'times that cannot be',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 200) }, (_, n) => ({
        ...drawn(own, random),
        recordId: 10_000_000 + n,
        time: { time: drawn(times, random), ticks: random.whole(0, 9999) },
      })),
  },
  {
    name: 'copies in another order',
    events: (own, random) =>
      Array.from({ length: random.whole(100, 3000) }, () => drawn(own, random)).map((event) => ({ ...event })),
  },
  {
    name: 'another event under this id',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 600) }, (_, n) => {
        const [event, other] = [drawn(own, random), drawn(own, random)]
        return { ...event, body: other.body, recordId: 11_000_000 + n }
      }),
  },
  {
    name: 'items without an end or none',
    events: (own, random) =>
      Array.from({ length: random.whole(1, 200) }, (_, n) => {
        const event = drawn(own, random)
        const { fields } = event.body
        const kept = fields.filter(() => random.whole(0, 1) === 0)
        const more: Fields = random.whole(0, 1) === 0 ? [] : fields.map(([name, value]) => [`${name}2`, value] as const)
        return { ...event, recordId: 12_000_000 + n, body: { ...event.body, fields: [...kept, ...more] } }
      }),
  },
  {
    name: 'a host for each record',
    events: (own, random) =>
      Array.from({ length: random.whole(50, 1500) }, (_, n) => ({
        ...drawn(own, random),
        recordId: 13_000_000 + n,
        computer: drawn(
          [`host-${n}`, `host-${n}.example.test`, '', '-', 'localhost', '__proto__', `${'h'.repeat(300)}${n}`],
          random,
        ),
      })),
  },
  {
    name: 'record ids that lie',
    events(own, random) {
      const id = drawn([0, 1, 2 ** 32 - 1, 2 ** 53 - 1], random)
      return Array.from({ length: random.whole(1, 40) }, () => piece(own, random))
        .flat()
        .map((event, n) => ({ ...event, recordId: random.whole(0, 1) === 0 ? id : Math.max(0, id - n) }))
    },
  },
]
