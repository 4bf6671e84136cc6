import { type ScanSelection, scan } from '../engine/scan.ts'
import type { BaselineChoice } from '../engine/weigh.ts'
import { type HostArtifacts, joinedArtifacts, nothingCollected } from '../model/artifact.ts'
import type { CoverageWish } from '../model/coverage-report.ts'
import { append } from '../model/lists.ts'
import type { SettingsInForce } from '../model/settings.ts'
import type { ScanResult } from '../report/index.ts'
import { type Collection, readArtifacts } from '../sources/artifacts.ts'
import { placeOf } from '../sources/collection.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { bytesToRead } from '../sources/input.ts'
import { findInputs, type Input } from '../sources/inputs.ts'
import type { StandardInput } from '../sources/standard-input.ts'
import { compareProblems, extractInputs } from './extract-inputs.ts'
import type { OnProgress, RunProgress } from './progress.ts'
import { TemporaryFolder } from './temporary-folder.ts'

/** How paths are read, and what is told of what was found in them. */
export interface ScanOptions {
  /** Milliseconds since 1970, UTC: only what happened from then on; what came before is used all the same. */
  readonly since?: number | null
  /** Milliseconds since 1970, UTC: only what happened before. */
  readonly until?: number | null
  /** Only this host: its full name, or the first label, in lower case. */
  readonly host?: string | null
  /** Threads that read; by default one for each core where the input is worth it. The result does not depend on it. */
  readonly jobs?: number | undefined
  /** The kind that logs are taken for, whatever they look like; null: what their content says. */
  readonly source?: ForcedKind | null
  /** Follow symbolic links that lead out of these paths; otherwise each is a problem. */
  readonly followLinks?: boolean
  /** What `-` among the paths stands for. */
  readonly standardInput?: StandardInput | null
  /** What chains are weighed against; the hosts of the input among each other, unless it is told. */
  readonly baseline?: BaselineChoice
  /** What is known of the hosts: AN0258's mutable elements. Nothing, unless it is told. */
  readonly settings?: SettingsInForce | null
  /** Which hosts there should be, and when one counts as silent: for the result's `fleet`. */
  readonly coverage?: CoverageWish | undefined
  /** Called now and then, between pieces of work. */
  readonly onProgress?: OnProgress
}

/**
 * Everything below these paths, read and put together: logs, task files, hives and .job files in folders and archives, as
 * `tasktrail scan` does. What cannot be read is in the result's `problems`; a path that is not there is one, too.
 *
 * Facts that do not fit into memory go to a folder of the system's temporary folder, which is gone when the promise settles.
 * Throws what the system says of that folder (a full disk).
 */
export async function scanPaths(paths: readonly string[], options: ScanOptions = {}): Promise<ScanResult> {
  const temporary = new TemporaryFolder()
  try {
    return await scanPathsWith(temporary, paths, options)
  } finally {
    temporary.remove()
  }
}

/** The same, with a temporary folder that is somebody else's to remove. */
export async function scanPathsWith(
  temporary: TemporaryFolder,
  paths: readonly string[],
  {
    since = null,
    until = null,
    host = null,
    source = null,
    standardInput = null,
    followLinks = false,
    baseline = 'input',
    settings = null,
    coverage,
    ...options
  }: ScanOptions,
): Promise<ScanResult> {
  const watch = new RunWatch(options.onProgress)
  watch.tell('finding', 0)
  const { inputs, skipped, notes, problems } = await findInputs(paths, {
    standardInput,
    forced: source,
    followLinks,
    temporary,
  })
  watch.total = bytesToRead(inputs)
  const { runs, tally } = await extractInputs(inputs, options.jobs, temporary, watch)
  const collections = await readArtifacts(
    inputs,
    (problem) => tally.problems.push(problem),
    (note) => tally.notes.push(note),
  )
  append(tally.problems, problems)
  append(tally.notes, notes)
  tally.problems.sort(compareProblems)
  watch.total = tally.facts
  watch.input = null
  const unread = new Set(tally.problems.filter((p) => p.code === 'cannot-read').map((p) => p.file))
  const selection: ScanSelection = { since, until, host, coverage }
  return scan(
    {
      inputs: inputs.map((input) => input.name),
      runs,
      tally,
      skipped,
      files: inputs.filter(({ name }) => !unread.has(name)).length,
      artifacts: artifactsByHost(collections, inputs, tally.hostOf),
    },
    selection,
    baseline,
    (stage, done, total) => watch.tell(stage, done, total),
    settings,
  )
}

/** Puts together what the stages tell of how far they are. */
class RunWatch {
  total = 0
  input: string | null = null
  #bytes = 0
  #records = 0
  readonly #onProgress: OnProgress | undefined

  constructor(onProgress: OnProgress | undefined) {
    this.#onProgress = onProgress
  }

  begin(name: string): void {
    this.input = name
    this.add(0, 0)
  }

  add(bytes: number, records: number): void {
    this.#bytes += bytes
    this.#records += records
    this.tell('reading', this.#bytes)
  }

  tell(stage: RunProgress['stage'], done: number, total = this.total): void {
    this.#onProgress?.({ stage, done, total, records: this.#records, input: this.input })
  }
}

/** A collection is of the host that it names itself or that its logs speak of, else of the name in its SYSTEM hive, else of its folder's name. */
function artifactsByHost(
  collections: readonly Collection[],
  inputs: readonly Input[],
  hostOf: ReadonlyMap<number, string | null>,
): Map<string, HostArtifacts> {
  const hostOfRoot = new Map<string, string>()
  inputs.forEach((input, source) => {
    const host = hostOf.get(source)
    const { root } = placeOf(input.place)
    if (host && !hostOfRoot.has(root)) hostOfRoot.set(root, host)
  })
  const byHost = new Map<string, HostArtifacts>()
  for (const { root, computerName, statedHost, artifacts } of collections) {
    const host =
      statedHost ??
      hostOfRoot.get(root) ??
      computerName ??
      hostOfUploads(root, hostOfRoot) ??
      (root.split('/').findLast((part) => part !== '' && part !== '.') ?? 'unknown-host').toLowerCase()
    byHost.set(host, joinedArtifacts(byHost.get(host) ?? nothingCollected, artifacts))
  }
  return byHost
}

/** What Velociraptor's queries found lies in `results`, and what programs told it in `uploads/data`, beside the files that it took. */
function hostOfUploads(root: string, hostOfRoot: ReadonlyMap<string, string>): string | null {
  const uploads = /^(.*[/\\])(?:results|uploads[/\\]data)$/.exec(root)?.[1]
  if (uploads === undefined) return null
  const hosts = new Set(
    [...hostOfRoot].flatMap(([other, host]) => (other.startsWith(`${uploads}uploads`) ? [host] : [])),
  )
  const [host = null] = hosts
  return hosts.size === 1 ? host : null
}
