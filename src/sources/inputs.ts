import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import type { ForcedKind } from './forced-kind.ts'
import type { Input } from './input.ts'
import { type StandardInput, standardInputName } from './standard-input.ts'
import type { SkippedFiles } from './unknown-files.ts'
import { Walk } from './walk.ts'

export type { Input } from './input.ts'
export { reasonOf } from './reason.ts'

export interface Inputs {
  /** Sorted by name, each file once. */
  readonly inputs: readonly Input[]
  /** Files of kinds that are not known, by their ending. */
  readonly skipped: readonly SkippedFiles[]
  readonly notes: readonly Note[]
  readonly problems: readonly Problem[]
}

export interface FindOptions {
  readonly standardInput?: StandardInput | null
  readonly forced?: ForcedKind | null
  /** Follow symbolic links that lead out of what was given. */
  readonly followLinks?: boolean
  /** Where what cannot be read in its archive is put; left out, it is kept in memory. */
  readonly temporary?: { file(label: string): string }
}

/**
 * Finds what can be read at these paths; folders and archives are walked. Kinds are told by content, never by name; but a file
 * whose place or ending promises evidence is a problem when it is nothing that can be read. `-` is the standard input, as it was
 * kept; `forced` is the kind of whatever is no archive and no artifact.
 */
export async function findInputs(
  paths: readonly string[],
  { standardInput = null, forced = null, followLinks = false, temporary }: FindOptions = {},
): Promise<Inputs> {
  const walk = new Walk(paths, { forced, followLinks, newFile: temporary ? () => temporary.file('archive') : null })
  for (const path of paths) {
    if (path === standardInputName && standardInput) await walk.standardInput(standardInput)
    else await walk.visit(path)
  }
  const inputs = walk.inputs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { inputs, skipped: walk.unknown.endings(), notes: walk.unknown.notes, problems: walk.problems }
}
