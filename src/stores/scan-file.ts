import { DatabaseSync } from 'node:sqlite'
import type { HostSpans } from '../model/coverage.ts'
import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import { formatInstant } from '../model/time.ts'

// A SQLite file for people to ask, in the form that docs/store.md describes: its views are what they rely on.

export const storeFormat = 'tasktrail.store/1'

/** What a scan found, with findings and tasks in the form in which they are told. */
export interface StoreContent {
  readonly about: Readonly<Record<string, string>>
  readonly inputs: readonly string[]
  /** JSON of every chain, `tasktrail.finding/1`. */
  readonly findings: Iterable<string>
  /** JSON of every task of the inventory, `tasktrail.inventory/1`. */
  readonly tasks: Iterable<string>
  readonly coverage: readonly HostSpans[]
  readonly notes: readonly Note[]
  readonly problems: readonly Problem[]
}

/** Columns, each with where its value stands in the JSON of one. */
type Columns = Readonly<Record<string, string>>

/** A table with a row for each item of a list of a finding, or of an item of it. */
interface ListTable {
  readonly name: string
  /** Where the list begins: `json_each` of the finding, and of what stands in it. */
  readonly from: string
  readonly columns: Columns
}

const j = (item: string, path: string): string => `json_extract(${item}, '$.${path}')`

/** What a log says of a file, in columns. */
const fileColumns = (item: string): Columns => ({
  md5: j(item, 'hashes.md5'),
  sha1: j(item, 'hashes.sha1'),
  sha256: j(item, 'hashes.sha256'),
  imphash: j(item, 'hashes.imphash'),
  signature: j(item, 'signature.status'),
  signer: j(item, 'signature.signer'),
})

const each = (list: string): string => `json_each(f.json, '$.${list}') as a`
const ofRun = (list: string): string => `json_each(f.json, '$.runs') as r, json_each(r.value, '$.${list}') as a`

const chainColumns: Columns = {
  kind: j('f.json', 'kind'),
  host: j('f.json', 'host'),
  part_of: j('f.json', 'partOf'),
  task: j('f.json', 'task.path'),
  definition_hash: j('f.json', 'task.definitionHash'),
  definition_problem: j('f.json', 'task.definitionProblem'),
  stated_action: j('f.json', 'task.statedAction'),
  author: j('f.json', 'task.definition.registrationInfo.author'),
  run_as: `coalesce(${j('f.json', 'task.definition.principals[0].userId')}, ${j('f.json', 'task.definition.principals[0].groupId')})`,
  severity: j('f.json', 'score.severity'),
  bits: j('f.json', 'score.bits'),
  verdict: j('f.json', 'verdict'),
  run_count: `coalesce(${j('f.json', 'runSummary.count')}, 0)`,
  first_run: j('f.json', 'runSummary.first'),
  last_run: j('f.json', 'runSummary.last'),
  baseline: j('f.json', 'baseline.id'),
}

const actorColumns = (actor: string): Columns => ({
  user: j('f.json', `${actor}.user`),
  sid: j('f.json', `${actor}.sid`),
  logon_id: j('f.json', `${actor}.logonId`),
  address: j('f.json', `${actor}.remote.address`),
  remote_host: j('f.json', `${actor}.remote.host`),
  pid: j('f.json', `${actor}.process.pid`),
  image: j('f.json', `${actor}.process.image`),
  command_line: j('f.json', `${actor}.process.commandLine`),
})

const changeColumns: Columns = {
  time: j('f.json', 'change.time'),
  change: j('f.json', 'change.kind'),
  outcome: j('f.json', 'change.outcome'),
  target: j('f.json', 'change.target'),
  route: j('f.json', 'change.route'),
  confidence: j('f.json', 'change.confidence'),
  because: j('f.json', 'change.because'),
  ...actorColumns('change.actor'),
}

const told = { time: j('a.value', 'time') }

const lists: readonly ListTable[] = [
  {
    name: 'later_change',
    from: each('change.laterChanges'),
    columns: { ...told, change: j('a.value', 'kind'), user: j('a.value', 'actor.user') },
  },
  {
    name: 'action',
    from: each('task.definition.actions'),
    columns: {
      kind: j('a.value', 'kind'),
      command: j('a.value', 'command'),
      arguments: j('a.value', 'arguments'),
      working_directory: j('a.value', 'workingDirectory'),
      class_id: j('a.value', 'classId'),
    },
  },
  { name: 'file', from: each('task.payload'), columns: { path: j('a.value', 'path'), ...fileColumns('a.value') } },
  {
    name: 'run',
    from: each('runs'),
    columns: {
      ...told,
      instance: j('a.value', 'instance'),
      started_by: j('a.value', 'startedBy'),
      requested_by: j('a.value', 'requestedBy.user'),
      result: j('a.value', 'result'),
      outcome: j('a.value', 'outcome'),
    },
  },
  {
    name: 'process',
    from: ofRun('processes'),
    columns: {
      run: 'r.key',
      ...told,
      pid: j('a.value', 'pid'),
      parent_pid: j('a.value', 'parentPid'),
      depth: j('a.value', 'depth'),
      image: j('a.value', 'image'),
      command_line: j('a.value', 'commandLine'),
      user: j('a.value', 'user'),
      integrity: j('a.value', 'integrity'),
      tied_by: j('a.value', 'tiedBy'),
      source: j('a.value', 'source'),
      ...fileColumns('a.value'),
    },
  },
  {
    name: 'circumstance',
    from: each('circumstances'),
    columns: { ...told, kind: j('a.value', 'kind'), what: j('a.value', 'what'), user: j('a.value', 'actor.user') },
  },
  {
    name: 'contradiction',
    from: each('contradictions'),
    columns: { kind: j('a.value', 'id'), bits: j('a.value', 'bits'), says: j('a.value', 'says') },
  },
  {
    name: 'factor',
    from: each('score.factors'),
    columns: { factor: j('a.value', 'id'), bits: j('a.value', 'bits'), says: j('a.value', 'says') },
  },
  { name: 'blind_spot', from: each('blindSpots'), columns: { says: 'a.value' } },
  {
    name: 'proof',
    from: each('evidence'),
    columns: {
      ...told,
      input: j('a.value', 'source'),
      channel: j('a.value', 'channel'),
      event_id: j('a.value', 'eventId'),
      record_id: `cast(${j('a.value', 'recordId')} as integer)`,
      artifact: j('a.value', 'artifact'),
    },
  },
]

const taskColumns: Columns = {
  host: j('f.json', 'host'),
  task: j('f.json', 'path'),
  known_from: `(select group_concat(value, ' ') from json_each(f.json, '$.knownFrom'))`,
  definition_hash: j('f.json', 'definitionHash'),
  loose_hash: j('f.json', 'looseHash'),
  author: j('f.json', 'author'),
  run_as: j('f.json', 'runsAs'),
  is_enabled: j('f.json', 'isEnabled'),
  is_hidden: j('f.json', 'isHidden'),
  is_deleted: j('f.json', 'isDeleted'),
  first_seen: j('f.json', 'firstSeen'),
  last_seen: j('f.json', 'lastSeen'),
  registered: j('f.json', 'registered'),
  last_run: j('f.json', 'lastRun'),
  action: `(select group_concat(coalesce(${j('value', 'command')} || coalesce(' ' || ${j('value', 'arguments')}, ''), ${j('value', 'classId')}), '\n') from json_each(f.json, '$.actions'))`,
}

/** Columns that hold numbers; all others hold text. Tools that ask for types are told one. */
const integers = new Set(
  ['n', 'run', 'pid', 'parent_pid', 'depth', 'event_id', 'record_id', 'result', 'run_count', 'offset', 'chunk'].concat([
    'is_enabled',
    'is_hidden',
    'is_deleted',
  ]),
)
const typeOf = (column: string): string => (integers.has(column) ? 'integer' : column === 'bits' ? 'real' : 'text')
const declared = (columns: readonly string[]): string => columns.map((name) => `${name} ${typeOf(name)}`).join(', ')

/** Rows of a table with one row a finding, from a table whose JSON they stand in. */
function perOne(name: string, key: string, columns: Columns, from: string): string {
  const names = Object.keys(columns)
  return `create table ${name} (${key} text, ${declared(names)});
insert into ${name} select f.${key}, ${Object.values(columns).join(', ')} from ${from};
create index ${name}_${key} on ${name} (${key});`
}

function perItem({ name, from, columns }: ListTable): string {
  const names = Object.keys(columns)
  return `create table ${name} (chain text, n integer, ${declared(names)});
insert into ${name} select f.id, a.key, ${Object.values(columns).join(', ')} from finding_json as f, ${from};
create index ${name}_chain on ${name} (chain);`
}

/** A view of a list, with the host and the task that each is of. */
const listView = (view: string, table: string, columns: string): string =>
  `create view ${view} as select c.id as finding, c.host, c.task, c.severity, ${columns} from ${table} as t join chain as c on c.id = t.chain;`

const columnsOf = (name: string): string =>
  Object.keys(lists.find((list) => list.name === name)?.columns ?? {})
    .map((column) => `t.${column}`)
    .join(', ')

const views: readonly string[] = [
  `create view chains as select c.*, ch.time, ch.change, ch.route, ch.user, ch.address,
  (select group_concat(coalesce(command || coalesce(' ' || arguments, ''), class_id), '\n') from action where chain = c.id) as action,
  (select group_concat(coalesce(command_line, image), '\n') from process where chain = c.id and depth = 0) as ran
  from chain as c left join change as ch on ch.id = c.id;`,
  `create view findings as select * from chains where severity <> 'informational' order by bits desc;`,
  `create view changes as select c.id as finding, c.host, c.task, c.severity, ch.time, ch.change, ch.outcome, ch.target, ch.route, ch.confidence,
  ch.because, ch.user, ch.sid, ch.logon_id, ch.address, ch.remote_host, ch.pid, ch.image, ch.command_line from change as ch join chain as c on c.id = ch.id;`,
  listView('later_changes', 'later_change', columnsOf('later_change')),
  listView('actions', 'action', columnsOf('action')),
  listView('files', 'file', columnsOf('file')),
  listView('runs', 'run', `t.n as run, ${columnsOf('run')}`),
  listView('processes', 'process', columnsOf('process')),
  listView('circumstances', 'circumstance', columnsOf('circumstance')),
  listView('contradictions', 'contradiction', columnsOf('contradiction')),
  listView('factors', 'factor', columnsOf('factor')),
  listView('blind_spots', 'blind_spot', columnsOf('blind_spot')),
  listView('evidence', 'proof', columnsOf('proof')),
  `create view timeline as
  select time, host, task, 'change' as what, change as kind, user, command_line as detail, finding from changes
  union all select time, host, task, 'later change', change, user, null, finding from later_changes
  union all select time, host, task, 'run', started_by, requested_by, null, finding from runs
  union all select time, host, task, 'process', tied_by, user, coalesce(command_line, image), finding from processes
  union all select time, host, task, 'circumstance', kind, user, what, finding from circumstances
  order by time;`,
  'create view tasks as select host, task, known_from, definition_hash, loose_hash, author, run_as, is_enabled, is_hidden, is_deleted, first_seen, last_seen, registered, last_run, action from task;',
]

/** Writes a new file. The same content makes the same rows. */
export function writeStore(path: string, content: StoreContent): void {
  const file = new DatabaseSync(path)
  try {
    // The file is put in its place once it is whole: until then nothing has to survive.
    file.exec('pragma journal_mode = off; pragma synchronous = off; begin')
    fill(file, 'about', ['name', 'value'], Object.entries({ format: storeFormat, ...content.about }))
    fill(file, 'input', ['n', 'name'], content.inputs.entries())
    fillJson(file, 'finding_json', content.findings)
    file.exec(
      "update finding_json set id = json_extract(json, '$.id'); create index finding_json_id on finding_json (id)",
    )
    file.exec(perOne('chain', 'id', chainColumns, 'finding_json as f'))
    file.exec(perOne('change', 'id', changeColumns, `finding_json as f where ${j('f.json', 'change')} is not null`))
    for (const list of lists) file.exec(perItem(list))
    fillJson(file, 'task_json', content.tasks)
    file.exec(`create table task (${declared(Object.keys(taskColumns))});
insert into task select ${Object.values(taskColumns).join(', ')} from task_json as f; drop table task_json`)
    fill(file, 'coverage', ['host', 'capability', 'first', 'last'], spansOf(content.coverage))
    fill(
      file,
      'note',
      ['file', 'text'],
      content.notes.map(({ file: name, text }) => [name, text]),
    )
    fill(
      file,
      'problem',
      ['file', 'chunk', 'offset', 'code', 'reason'],
      content.problems.map((one) => [one.file, one.chunk, one.offset, one.code, one.reason]),
    )
    for (const view of views) file.exec(view)
    file.exec('commit')
  } finally {
    file.close()
  }
}

type Cell = string | number | null

function fill(file: DatabaseSync, table: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): void {
  file.exec(`create table ${table} (${declared(columns)})`)
  const insert = file.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)
  // biome-ignore lint/plugin: as many as the table has columns
  for (const row of rows) insert.run(...row)
}

function fillJson(file: DatabaseSync, table: string, all: Iterable<string>): void {
  file.exec(`create table ${table} (id text, json text)`)
  const insert = file.prepare(`insert into ${table} (json) values (?)`)
  for (const json of all) insert.run(json)
}

function* spansOf(coverage: readonly HostSpans[]): Iterable<readonly Cell[]> {
  const moment = (time: number) => formatInstant({ time, ticks: 0 })
  for (const { host, spans } of coverage)
    for (const [capability, span] of Object.entries(spans))
      if (span) yield [host, capability, moment(span.first), moment(span.last)]
}
