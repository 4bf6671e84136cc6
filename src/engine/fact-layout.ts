import type { FactHead, FactKind, FactOf } from '../model/fact.ts'

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

/** Where a row of a fact has what: the cells of its head, then one for each field of its kind. */
export const headCell = {
  ...{ kind: 0, time: 1, ticks: 2, host: 3, source: 4, channel: 5, eventId: 6, recordId: 7, position: 8 },
} as const
export const headCells = Object.keys(headCell).length

/** In the cell of a text or value: there is none. */
export const absent = -1

const formCode: Record<FieldForm, number> = { text: 0, number: 1, flag: 2, json: 3, shared: 4 }
export const TEXT = formCode.text
export const NUMBER = formCode.number
export const FLAG = formCode.flag
export const SHARED = formCode.shared

/** Rows of one kind of fact. Names and forms stand side by side, because both are looked at for every fact. */
export interface RowKind {
  readonly kind: FactKind
  /** Cells of a row. */
  readonly length: number
  readonly names: readonly string[]
  /** A fact of this kind without values, to be copied: a fact to which its fields are added one by one becomes a table of names to V8. */
  readonly blank: Readonly<Record<string, unknown>>
  readonly forms: Uint8Array
  /** The cells that hold the place of a text. */
  readonly textCells: readonly number[]
}

export const rowKinds: readonly RowKind[] = kinds.map((kind) => {
  const fields = Object.entries(layout[kind]) as [string, FieldForm][]
  const hasText = (form: FieldForm) => form !== 'number' && form !== 'flag'
  const names = fields.map(([name]) => name)
  return {
    kind,
    length: headCells + fields.length,
    names,
    blank: { ...headCell, ...Object.fromEntries(names.map((name) => [name, null])), kind },
    forms: Uint8Array.from(fields, ([, form]) => formCode[form]),
    textCells: [
      ...[headCell.host, headCell.channel],
      ...fields.flatMap(([, form], index) => (hasText(form) ? [headCells + index] : [])),
    ],
  }
})
export const kindIndex: ReadonlyMap<string, number> = new Map(kinds.map((kind, index) => [kind, index]))

// biome-ignore lint/plugin: as many as there are kinds of facts
export const longestRow = Math.max(...rowKinds.map(({ length }) => length))
