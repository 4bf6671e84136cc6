import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readJob, toJobTask } from '../decode/job/index.ts'
import { openHive } from '../decode/registry/index.ts'
import { readTaskCache, toCachedTask } from '../decode/task-cache/index.ts'
import { readDefinitionBytes } from '../decode/task-xml/index.ts'
import type { CachedTask, FiledTask, HostArtifacts, JobTask } from '../model/artifact.ts'
import type { Problem } from '../model/problem.ts'
import { inMemory } from './archive/packed.ts'
import { placeOf } from './collection.ts'
import { withHiveFiles } from './hive-file.ts'
import type { Input } from './inputs.ts'
import { cannotRead } from './reason.ts'

/** The largest task file that is read; real ones have some kilobytes. */
const largestTaskFile = 4 << 20
const largestJobFile = 1 << 20

/** What one collection holds besides logs. */
export interface Collection {
  /** The folder above the host's own. */
  readonly root: string
  /** Of the SYSTEM hive, lower case. */
  readonly computerName: string | null
  readonly artifacts: HostArtifacts
}

type Growing<T> = { -readonly [K in keyof T]: T[K] }
interface Gathered {
  computerName: string | null
  files: FiledTask[] | null
  cache: CachedTask[] | null
  jobs: JobTask[] | null
}

/** Reads task files, hives and .job files, by the collection that they lie in. What cannot be read is reported. */
export async function readArtifacts(
  inputs: readonly Input[],
  report: (problem: Problem) => void,
): Promise<Collection[]> {
  const byRoot = new Map<string, Growing<Gathered>>()
  for (const [source, input] of inputs.entries()) {
    const { root } = placeOf(input.place)
    const gathered = () => {
      let own = byRoot.get(root)
      if (!own) {
        own = { computerName: null, files: null, cache: null, jobs: null }
        byRoot.set(root, own)
      }
      return own
    }
    try {
      if (input.kind === 'task-xml') await readTaskFile(input, source, gathered)
      else if (input.kind === 'job') await readJobFile(input, source, gathered, report)
      else if (input.kind === 'registry-hive') await readHive(input, source, inputs, gathered, report)
    } catch (error) {
      report(cannotRead(input.name, error))
    }
  }
  return [...byRoot].map(([root, { computerName, files, cache, jobs }]) => ({
    root,
    computerName,
    artifacts: { files, cache, jobs },
  }))
}

async function readTaskFile(input: Input, source: number, gathered: () => Gathered): Promise<void> {
  const { taskPath } = placeOf(input.place)
  // A definition that lies elsewhere is material for a task, not a task.
  if (taskPath === null) return
  const own = gathered()
  own.files ??= []
  if (input.bytes > largestTaskFile) {
    own.files.push({
      source,
      path: taskPath,
      definition: null,
      problem: `${input.bytes} bytes: no task has so much`,
      sha256: '',
    })
    return
  }
  const bytes = await bytesOf(input)
  const { definition, problem } = readDefinitionBytes(bytes)
  const hasMark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const sha256 = createHash('sha256')
    .update(hasMark ? bytes.subarray(2) : bytes)
    .digest('hex')
  own.files.push({ source, path: taskPath, definition, problem, sha256 })
}

async function readJobFile(
  input: Input,
  source: number,
  gathered: () => Gathered,
  report: (problem: Problem) => void,
): Promise<void> {
  if (input.bytes > largestJobFile) return
  const reading = readJob(input.name, await bytesOf(input))
  for (const problem of reading.problems) report(problem)
  const job = toJobTask(reading, source, `\\${basename(input.place).replace(/\.job$/i, '')}`)
  if (!job) return
  const own = gathered()
  own.jobs ??= []
  own.jobs.push(job)
}

async function readHive(
  input: Input,
  source: number,
  inputs: readonly Input[],
  gathered: () => Gathered,
  report: (problem: Problem) => void,
): Promise<void> {
  const beside = input.place.toLowerCase()
  const logs = inputs.filter(
    (i) =>
      i.kind === 'registry-log' &&
      /\.log[12]?$/i.test(i.place) &&
      i.place.toLowerCase().replace(/\.log[12]?$/, '') === beside,
  )
  await withHiveFiles(input, logs, (file, logFiles) => {
    const { hive, problems } = openHive(file, logFiles)
    if (!hive) {
      // Many files begin like a hive; only where a host keeps SOFTWARE is it a loss.
      if (/[\\/]config[\\/]software$/i.test(input.place)) for (const problem of problems) report(problem)
      return
    }
    const name = computerNameIn(hive)
    if (name !== null) gathered().computerName = name
    const reading = readTaskCache(hive)
    if (!reading.found) return
    for (const problem of reading.problems) report(problem)
    const own = gathered()
    own.cache = [...(own.cache ?? []), ...reading.tasks.flatMap((entry) => toCachedTask(entry, source) ?? [])]
  })
}

/** A file that is small, whole. */
const bytesOf = async ({ path, packed }: Input): Promise<Buffer> =>
  packed ? Buffer.from(await inMemory(packed, largestTaskFile)) : readFileSync(path)

/** Only the hive SYSTEM has it. */
function computerNameIn(hive: NonNullable<ReturnType<typeof openHive>['hive']>): string | null {
  for (const set of ['ControlSet001', 'ControlSet002']) {
    const text = hive.key(`${set}\\Control\\ComputerName\\ComputerName`)?.value('ComputerName')?.text()
    if (text) return text.toLowerCase()
  }
  return null
}
