import type { Fact, FactHead, FactKind, FactOf } from '../model/fact.ts'
import type { PackedFacts } from './ports.ts'

/** How a field is kept: `number` may be null, `text` may be null, `json` is any plain value; `shared` is one that many facts have alike. */
type FieldForm = 'number' | 'text' | 'flag' | 'json' | 'shared'
type Layout = {
  readonly [K in FactKind]: { readonly [F in Exclude<keyof FactOf<K>, 'kind' | keyof FactHead>]-?: FieldForm }
}

const change = {
  task: 'text',
  by: 'text',
  definition: 'json',
  definitionProblem: 'text',
  statedAction: 'text',
  user: 'text',
  userSid: 'text',
  logonId: 'text',
  clientPid: 'number',
  clientGuid: 'text',
  clientImage: 'text',
  clientParentPid: 'number',
  userContext: 'text',
  servicePid: 'number',
} as const
const process = { pid: 'number', guid: 'text', image: 'text' } as const
const run = { task: 'text', servicePid: 'number' } as const

/** Every field of every fact: the compiler says when one is missing here. */
const layout: Layout = {
  'process-started': {
    by: 'text',
    pid: 'number',
    guid: 'text',
    parentPid: 'number',
    parentGuid: 'text',
    image: 'text',
    originalFileName: 'text',
    commandLine: 'text',
    currentDirectory: 'text',
    user: 'text',
    userSid: 'text',
    logonId: 'text',
    integrity: 'text',
    parentImage: 'text',
    parentCommandLine: 'text',
    command: 'json',
    moreCommands: 'json',
    file: 'shared',
  },
  'process-ended': { ...process, exitCode: 'number' },
  'task-registered': change,
  'task-updated': change,
  'task-deleted': change,
  'task-enabled': change,
  'task-disabled': change,
  'task-process-created': { ...run, pid: 'number', action: 'text' },
  'task-triggered': { ...run, instance: 'text', cause: 'text', user: 'text' },
  'task-run-started': { ...run, instance: 'text', user: 'text' },
  'task-action-started': { ...run, instance: 'text', action: 'text', enginePid: 'number' },
  'task-action-completed': {
    ...run,
    instance: 'text',
    action: 'text',
    outcome: 'text',
    result: 'number',
    enginePid: 'number',
  },
  'task-run-ended': { ...run, instance: 'text', outcome: 'text', result: 'number' },
  'logged-on': {
    logonType: 'number',
    logonId: 'text',
    linkedLogonId: 'text',
    user: 'text',
    userSid: 'text',
    address: 'text',
    port: 'number',
    workstation: 'text',
  },
  'share-accessed': { logonId: 'text', user: 'text', userSid: 'text', address: 'text', share: 'text', target: 'text' },
  'log-cleared': { log: 'text', user: 'text', userSid: 'text', logonId: 'text' },
  'module-loaded': { ...process, module: 'text', file: 'shared', user: 'text' },
  'file-created': { ...process, path: 'text', file: 'shared', task: 'text' },
  'file-identified': { path: 'text', file: 'shared' },
  'file-time-changed': { ...process, path: 'text', created: 'text', previouslyCreated: 'text' },
  'registry-changed': {
    ...process,
    action: 'text',
    target: 'text',
    area: 'text',
    task: 'text',
    value: 'text',
    details: 'text',
    user: 'text',
  },
  'pipe-used': { ...process, action: 'text', pipe: 'text', user: 'text' },
  'network-connected': {
    ...process,
    user: 'text',
    initiated: 'flag',
    sourceAddress: 'text',
    sourcePort: 'number',
    destinationAddress: 'text',
    destinationPort: 'number',
    destinationHost: 'text',
  },
  'policy-applied': { phase: 'text', pid: 'number', userSid: 'text' },
  'telemetry-switched': { log: 'text', subcategory: 'text', turns: 'text', user: 'text' },
  'clock-changed': { from: 'number', to: 'number', user: 'text' },
  'script-ran': {
    by: 'text',
    pid: 'number',
    userSid: 'text',
    scriptBlockId: 'text',
    part: 'number',
    parts: 'number',
    text: 'text',
    file: 'text',
    command: 'json',
    moreCommands: 'json',
    made: 'json',
  },
}

const kinds = Object.keys(layout) as FactKind[]
const kindIndex = new Map<string, number>(kinds.map((kind, index) => [kind, index]))

/** The fields of a kind side by side: names, and the form of each as a number, because both are looked at for every fact. */
interface Fields {
  readonly names: readonly string[]
  readonly forms: Uint8Array
}
const formCode: Record<FieldForm, number> = { text: 0, number: 1, flag: 2, json: 3, shared: 4 }
const TEXT = formCode.text
const NUMBER = formCode.number
const FLAG = formCode.flag
const SHARED = formCode.shared

const fieldsOf: readonly Fields[] = kinds.map((kind) => {
  const entries = Object.entries(layout[kind]) as [string, FieldForm][]
  return { names: entries.map(([name]) => name), forms: Uint8Array.from(entries, ([, form]) => formCode[form]) }
})
/** What the head of a fact takes: kind, time, ticks, host, source, channel, event id, record id, position. */
const headCells = 9
// biome-ignore lint/plugin: as many as there are kinds of facts
const mostCells = headCells + Math.max(...fieldsOf.map(({ names }) => names.length))

type Loose = Record<string, unknown>

const absent = -1

export function packFacts(facts: readonly Fact[]): PackedFacts {
  let numbers = new Float64Array(facts.length * 24)
  let length = 0
  const texts: string[] = []
  const textIndex = new Map<string, number>()
  const textOf = (text: unknown): number => {
    if (typeof text !== 'string') return absent
    let index = textIndex.get(text)
    if (index === undefined) {
      index = texts.length
      texts.push(text)
      textIndex.set(text, index)
    }
    return index
  }
  for (const fact of facts) {
    if (length + mostCells > numbers.length) {
      const larger = new Float64Array(numbers.length * 2 + mostCells)
      larger.set(numbers)
      numbers = larger
    }
    const kind = kindIndex.get(fact.kind) as number
    numbers[length++] = kind
    numbers[length++] = fact.time
    numbers[length++] = fact.ticks
    numbers[length++] = textOf(fact.host)
    numbers[length++] = fact.source
    numbers[length++] = textOf(fact.channel)
    numbers[length++] = fact.eventId
    numbers[length++] = fact.recordId
    numbers[length++] = fact.position
    const values = fact as unknown as Loose
    const { names, forms } = fieldsOf[kind] as Fields
    for (let i = 0; i < names.length; i++) {
      const value = values[names[i] as string]
      const form = forms[i]
      if (form === TEXT) numbers[length++] = textOf(value)
      else if (form === NUMBER) numbers[length++] = typeof value === 'number' ? value : Number.NaN
      else if (form === FLAG) numbers[length++] = value === true ? 1 : 0
      else numbers[length++] = value === null ? absent : textOf(JSON.stringify(value))
    }
  }
  return {
    count: facts.length,
    numbers: numbers.slice(0, length),
    texts: new Uint8Array(Buffer.from(JSON.stringify(texts))),
  }
}

export function* unpackFacts({ count, numbers, texts }: PackedFacts): Generator<Fact> {
  const table = JSON.parse(Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength).toString('utf8')) as (
    | string
    | undefined
  )[]
  const shared = new Map<number, unknown>()
  const jsonOf = (place: number, form: number | undefined): unknown => {
    if (place === absent) return null
    const value = shared.get(place) ?? JSON.parse(table[place] as string)
    if (form === SHARED) shared.set(place, value)
    return value
  }
  let at = 0
  for (let i = 0; i < count; i++) {
    const kind = numbers[at] as number
    const fact: Loose = {
      kind: kinds[kind],
      time: numbers[at + 1],
      ticks: numbers[at + 2],
      host: table[numbers[at + 3] as number],
      source: numbers[at + 4],
      channel: table[numbers[at + 5] as number],
      eventId: numbers[at + 6],
      recordId: numbers[at + 7],
      position: numbers[at + 8],
    }
    at += headCells
    const { names, forms } = fieldsOf[kind] as Fields
    for (let f = 0; f < names.length; f++) {
      const value = numbers[at++] as number
      const form = forms[f]
      fact[names[f] as string] =
        form === TEXT
          ? value === absent
            ? null
            : table[value]
          : form === NUMBER
            ? Number.isNaN(value)
              ? null
              : value
            : form === FLAG
              ? value === 1
              : jsonOf(value, form)
    }
    yield fact as unknown as Fact
  }
}
