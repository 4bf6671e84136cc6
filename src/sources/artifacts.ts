import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readAuditPolicy, readLogSettings } from '../decode/collected-settings/index.ts'
import { readJob, toJobTask } from '../decode/job/index.ts'
import { readRegFile } from '../decode/reg-file/index.ts'
import { openHive } from '../decode/registry/index.ts'
import { readTaskCache, TASK_CACHE, toCachedTask } from '../decode/task-cache/index.ts'
import { readDefinitionBytes } from '../decode/task-xml/index.ts'
import type {
  CachedTask,
  CollectedSettings,
  FiledTask,
  HostArtifacts,
  JobTask,
  ListedTask,
  WipedLog,
} from '../model/artifact.ts'
import { joinedSettings, nothingCollected } from '../model/artifact.ts'
import { append } from '../model/lists.ts'
import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import { taskPath as taskPathOf } from '../model/task-path.ts'
import { placeOf } from './collection.ts'
import { inMemory } from './content/packed.ts'
import { withHiveFiles } from './hive-file.ts'
import type { Input } from './inputs.ts'
import { isMaterial, notesOn } from './loose-definitions.ts'
import { logNameOf, promiseOf } from './promise.ts'
import { cannotRead } from './reason.ts'
import { listedOfExport } from './task-list/exported-tasks.ts'
import { listText } from './task-list/list-text.ts'
import { largestTaskList, readTaskList } from './task-list/read-task-list.ts'
import { lookAtWiped } from './wiped-log.ts'

/** The largest task file that is read; real ones have some kilobytes. */
const largestTaskFile = 4 << 20
const largestJobFile = 1 << 20
/** All of SOFTWARE as UTF-16 has some hundred megabytes; TaskCache some five. */
const largestExport = 512 << 20

/** What one collection holds besides logs. */
export interface Collection {
  /** The folder above the host's own. */
  readonly root: string
  /** Of the SYSTEM hive, lower case. */
  readonly computerName: string | null
  /** The host that a list of tasks names itself, lower case; what else lies in the folder may be another's. */
  readonly statedHost: string | null
  readonly artifacts: HostArtifacts
}

const noneYet = {
  ...{ computerName: null, files: null, cache: null, jobs: null, wipedLogs: null, listed: null, settings: null },
}

type Growing<T> = { -readonly [K in keyof T]: T[K] }
interface Gathered {
  computerName: string | null
  files: FiledTask[] | null
  cache: CachedTask[] | null
  jobs: JobTask[] | null
  wipedLogs: WipedLog[] | null
  listed: ListedTask[] | null
  settings: CollectedSettings | null
}

/**
 * Reads task files, hives, .job files and lists of tasks, by the collection that they lie in. What cannot be read is reported, what is
 * left alone is noted.
 */
export async function readArtifacts(
  inputs: readonly Input[],
  report: Report,
  note: (note: Note) => void,
): Promise<Collection[]> {
  const disks = inputs.flatMap(({ place }) => {
    const { root, isOfDisk } = placeOf(place)
    return isOfDisk ? [`${root}/`] : []
  })
  const byRoot = new Map<string, Growing<Gathered>>()
  const stated: Collection[] = []
  const materials: string[] = []
  for (const [source, input] of inputs.entries()) {
    const { root } = placeOf(input.place)
    const gathered = () => {
      let own = byRoot.get(root)
      if (!own) {
        own = { ...noneYet }
        byRoot.set(root, own)
      }
      return own
    }
    try {
      if (input.kind === 'task-xml' && isMaterial(input.place, disks)) materials.push(input.name)
      else if (input.kind === 'task-xml') await readTaskFile(input, source, gathered, report)
      else if (input.kind === 'job') await readJobFile(input, source, gathered, report)
      else if (input.kind === 'wiped-log') await noteWipedLog(input, source, gathered, report)
      else if (input.kind === 'task-list') append(stated, await readList(input, source, gathered))
      else if (input.kind === 'audit-policy' || input.kind === 'log-settings') await readSettings(input, gathered)
      else if (input.kind === 'registry-export') await readRegistryExport(input, source, gathered, report)
      else if (input.kind === 'registry-hive') readHive(input, source, inputs, gathered, report)
    } catch (error) {
      report(cannotRead(input.name, error))
    }
  }
  for (const one of notesOn(materials)) note(one)
  const collected = [...byRoot].map(([root, { computerName, ...artifacts }]) => ({
    root,
    computerName,
    statedHost: null,
    artifacts,
  }))
  return [...collected, ...stated]
}

type Report = (problem: Problem) => void

/** About an input as a whole. */
const problemOf = (file: string, code: string, reason: string): Problem => ({
  file,
  ...{ offset: null, chunk: null, code, reason },
})

async function noteWipedLog(input: Input, source: number, gathered: () => Gathered, report: Report): Promise<void> {
  const { holds, problem } = await lookAtWiped(input)
  const own = gathered()
  own.wipedLogs ??= []
  own.wipedLogs.push({ source, log: logNameOf(input.place), holds })
  report(problem)
}

async function readTaskFile(input: Input, source: number, gathered: () => Gathered, report: Report): Promise<void> {
  const { taskPath } = placeOf(input.place)
  if (taskPath === null) return readExport(input, source, gathered, report)
  const own = gathered()
  own.files ??= []
  const tell = (reason: string) => report(problemOf(input.name, 'bad-task-file', reason))
  if (input.bytes > largestTaskFile) {
    const problem = `${input.bytes} bytes: no task has so much`
    own.files.push({ source, path: taskPath, definition: null, problem, sha256: '' })
    tell(problem)
    return
  }
  const bytes = await bytesOf(input)
  const { definition, problem } = readDefinitionBytes(bytes)
  const hasMark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const sha256 = createHash('sha256')
    .update(hasMark ? bytes.subarray(2) : bytes)
    .digest('hex')
  own.files.push({ source, path: taskPath, definition, problem, sha256 })
  if (problem !== null) tell(`the task's definition could not be read whole: ${problem}`)
}

/** Tasks as somebody exported them: they are of the host that what lies beside them is of. */
async function readExport(input: Input, source: number, gathered: () => Gathered, report: Report): Promise<void> {
  if (input.bytes > largestTaskList) throw new Error(`${input.bytes} bytes: no export of tasks has so much`)
  const text = listText(await bytesOf(input, largestTaskList))
  const { listed, problems } = listedOfExport(text, source, basename(input.place).replace(/\.xml$/i, ''))
  for (const { code, reason } of problems) report(problemOf(input.name, code, reason))
  const own = gathered()
  own.listed ??= []
  append(own.listed, listed)
}

async function readJobFile(input: Input, source: number, gathered: () => Gathered, report: Report): Promise<void> {
  if (input.bytes > largestJobFile) {
    report(problemOf(input.name, 'bad-job', `${input.bytes} bytes: no .job file has so much; it is not read`))
    return
  }
  const reading = readJob(input.name, await bytesOf(input))
  for (const problem of reading.problems) report(problem)
  const job = toJobTask(reading, source, `\\${basename(input.place).replace(/\.job$/i, '')}`)
  if (!job) return
  const own = gathered()
  own.jobs ??= []
  own.jobs.push(job)
}

async function readSettings(input: Input, gathered: () => Gathered): Promise<void> {
  if (input.bytes > largestTaskFile) throw new Error(`${input.bytes} bytes: no list of settings has so much`)
  const text = listText(await bytesOf(input))
  const isAudit = input.kind === 'audit-policy'
  const settings = { audit: isAudit ? readAuditPolicy(text) : [], logs: isAudit ? [] : readLogSettings(text) }
  const own = gathered()
  own.settings = own.settings === null ? settings : joinedSettings(own.settings, settings)
}

/** Tasks of hosts that the list names come apart, all others lie with what lies beside them. */
async function readList(input: Input, source: number, gathered: () => Gathered): Promise<Collection[]> {
  if (input.bytes > largestTaskList) throw new Error(`${input.bytes} bytes: no list of tasks has so much`)
  const byHost = new Map<string, ListedTask[]>()
  for (const { host, ...task } of readTaskList(await bytesOf(input, largestTaskList))) {
    const listed = { ...task, source, path: taskPathOf(task.path) }
    const name = host?.toLowerCase() ?? null
    if (name === null) {
      const own = gathered()
      own.listed ??= []
      own.listed.push(listed)
    } else {
      const known = byHost.get(name)
      if (known) known.push(listed)
      else byHost.set(name, [listed])
    }
  }
  const { root } = placeOf(input.place)
  return [...byHost].map(([statedHost, listed]) => ({
    root,
    computerName: null,
    statedHost,
    artifacts: { ...nothingCollected, listed },
  }))
}

/** An export of the key TaskCache or of what lies above it; of any other nothing is asked for. */
async function readRegistryExport(
  input: Input,
  source: number,
  gathered: () => Gathered,
  report: Report,
): Promise<void> {
  if (input.bytes > largestExport)
    throw new Error(`${input.bytes} bytes: no export of the registry with so much is read`)
  const text = listText(await bytesOf(input, largestExport))
  const tree = readRegFile(input.name, text, TASK_CACHE)
  const reading = readTaskCache(tree)
  if (!reading.found) return
  const isWhole = ['Tree', 'Tasks'].every((name) => tree.key(`${TASK_CACHE}\\${name}`)?.isWritten === true)
  for (const problem of tree.problems.all()) {
    if (isWhole || problem.code !== 'bad-task-cache') report(problem)
  }
  const tasks = reading.tasks.flatMap((entry) => toCachedTask(entry, source) ?? [])
  const own = gathered()
  // What a part of TaskCache does not have says nothing of the rest.
  if (isWhole) own.cache = [...(own.cache ?? []), ...tasks]
  else own.listed = [...(own.listed ?? []), ...tasks.map(listedOf)]
}

const listedOf = ({
  source,
  path,
  actions,
  author,
  runsAs,
  isEnabled,
  isHidden,
  lastRun,
  lastResult,
}: CachedTask): ListedTask => ({
  ...{ source, path, actions, author, runsAs, isEnabled, isHidden, lastRun, lastResult },
  definition: null,
  problem: null,
  lastRunLocal: null,
})

function readHive(
  input: Input,
  source: number,
  inputs: readonly Input[],
  gathered: () => Gathered,
  report: Report,
): void {
  const beside = input.place.toLowerCase()
  const logs = inputs.filter(
    (i) =>
      i.kind === 'registry-log' &&
      /\.log[12]?$/i.test(i.place) &&
      i.place.toLowerCase().replace(/\.log[12]?$/, '') === beside,
  )
  withHiveFiles(input, logs, (file, logFiles) => {
    const { hive, problems } = openHive(file, logFiles)
    if (!hive) {
      for (const problem of problems) report(problem)
      return
    }
    const name = computerNameIn(hive)
    if (name !== null) gathered().computerName = name
    const reading = readTaskCache(hive)
    const isSoftware = /(?:^|[\\/!])software$/i.test(input.place)
    // Of a hive that holds nothing that is asked for it is no loss that it was open when it was copied.
    const isOther = !reading.found && name === null && !isSoftware && promiseOf(input.place) === null
    const damage = hive.problems.all()
    for (const problem of damage) if (!(isOther && problem.code === 'dirty-hive')) report(problem)
    if (!reading.found && isSoftware) {
      const reason = damage.some(({ code }) => code === 'truncated')
        ? 'it is cut, and what is left of it has no TaskCache'
        : 'no TaskCache in it, which every hive SOFTWARE since Windows Vista has'
      report(problemOf(input.name, 'no-task-cache', reason))
    }
    if (!reading.found) return
    const own = gathered()
    own.cache ??= []
    for (const entry of reading.tasks) {
      const task = toCachedTask(entry, source)
      if (task) own.cache.push(task)
    }
  })
}

/** A file that is small, whole. */
const bytesOf = async ({ path, packed }: Input, largest = largestTaskFile): Promise<Buffer> =>
  packed ? Buffer.from(await inMemory(packed, largest)) : readFileSync(path)

/** Only the hive SYSTEM has it. */
function computerNameIn(hive: NonNullable<ReturnType<typeof openHive>['hive']>): string | null {
  for (const set of ['ControlSet001', 'ControlSet002']) {
    const text = hive.key(`${set}\\Control\\ComputerName\\ComputerName`)?.value('ComputerName')?.text()
    if (text) return text.toLowerCase()
  }
  return null
}
