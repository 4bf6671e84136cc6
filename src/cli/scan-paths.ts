import { type ScanSelection, scan } from '../engine/scan.ts'
import { type HostArtifacts, joinedArtifacts, nothingCollected } from '../model/artifact.ts'
import { append } from '../model/lists.ts'
import type { ScanResult } from '../report/index.ts'
import { type Collection, readArtifacts } from '../sources/artifacts.ts'
import { placeOf } from '../sources/collection.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { findInputs, type Input } from '../sources/inputs.ts'
import { keepStandardInput, type StandardInput, standardInputName } from '../sources/standard-input.ts'
import { exitCodes } from './exit-codes.ts'
import { compareProblems, extractInputs } from './extract-inputs.ts'
import { ProgressLine } from './progress.ts'
import type { TemporaryFolder } from './temporary-folder.ts'

export interface ReadOptions {
  readonly jobs: number | undefined
  readonly quiet: boolean
  /** The kind that inputs are taken for, whatever they look like; null where their content tells it. */
  readonly source: ForcedKind | null
}

/** Everything below these paths, read and put together: logs, task files, hives and .job files. */
export async function scanPaths(
  paths: readonly string[],
  options: ReadOptions,
  selection: ScanSelection,
  temporary: TemporaryFolder,
): Promise<ScanResult> {
  const { inputs, skipped, problems } = await findInputs(paths, {
    standardInput: await standardInputFor(paths, temporary),
    forced: options.source,
  })
  const size = inputs.reduce((sum, input) => sum + input.bytes, 0)
  const progress = new ProgressLine(size, options.quiet)
  const { runs, tally } = await extractInputs(inputs, options.jobs, temporary, (bytes, records) =>
    progress.add(bytes, records),
  )
  progress.end()
  const collections = await readArtifacts(inputs, (problem) => tally.problems.push(problem))
  append(tally.problems, problems)
  tally.problems.sort(compareProblems)
  const unread = new Set(tally.problems.filter((p) => p.code === 'cannot-read').map((p) => p.file))
  return scan(
    {
      inputs: inputs.map((input) => input.name),
      runs,
      tally,
      files: inputs.length - unread.size,
      skippedFiles: skipped,
      artifacts: artifactsByHost(collections, inputs, tally.hostOf),
    },
    selection,
  )
}

/** What comes on standard input, kept in a temporary file, where `-` is among the paths. */
export async function standardInputFor(
  paths: readonly string[],
  temporary: TemporaryFolder,
): Promise<StandardInput | null> {
  return paths.includes(standardInputName) ? await keepStandardInput(process.stdin, temporary.file('stdin')) : null
}

/** What a command's exit code says of the reading alone. */
export function readingExitCode({ tally, problems }: ScanResult): number {
  if (tally.files === 0 && tally.records === 0) return exitCodes.nothing
  return problems.length > 0 ? exitCodes.damaged : exitCodes.done
}

/** A collection is of the host that its logs speak of, else of the name in its SYSTEM hive, else of its folder's name. */
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
  for (const { root, computerName, artifacts } of collections) {
    const host =
      hostOfRoot.get(root) ??
      computerName ??
      (root.split('/').findLast((part) => part !== '' && part !== '.') ?? 'unknown-host').toLowerCase()
    byHost.set(host, joinedArtifacts(byHost.get(host) ?? nothingCollected, artifacts))
  }
  return byHost
}
