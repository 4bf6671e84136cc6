import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Packed } from '../engine/ports.ts'
import type { Problem } from '../model/problem.ts'
import { Archives, type FoundContent } from './archive/archives.ts'
import { type ArtifactKind, artifactKindOf } from './artifact-kinds.ts'
import { beginningOfFile } from './content/file-blocks.ts'
import type { ForcedKind } from './forced-kind.ts'
import { kindOf, type SourceKind } from './kinds.ts'
import { cannotRead } from './reason.ts'
import { type StandardInput, standardInputName } from './standard-input.ts'

export { reasonOf } from './reason.ts'

/** Something that can be read. */
export interface Input {
  /** As the user named it, or the named folder with the path below it; a member of an archive after `!`. */
  readonly name: string
  /** The file to open. */
  readonly path: string
  /** Where the content lies in that file, where it is packed or a member of an archive. */
  readonly packed: Packed | null
  /** The path that it would have if archives were folders. */
  readonly place: string
  readonly bytes: number
  readonly kind: SourceKind | ArtifactKind
}

export interface Inputs {
  /** Sorted by name, each file once. */
  readonly inputs: readonly Input[]
  /** Files of a kind that is not known. */
  readonly skipped: number
  readonly problems: readonly Problem[]
}

export interface FindOptions {
  readonly standardInput?: StandardInput | null
  readonly forced?: ForcedKind | null
}

/** Folders below each other; evidence from a mounted disk is deep, but not like this. */
const deepest = 64

/**
 * Finds what can be read at these paths; folders and archives are walked. Kinds are told by content, never by name. `-` is the
 * standard input, as it was kept; `forced` is the kind of whatever is no archive and no artifact.
 */
export async function findInputs(
  paths: readonly string[],
  { standardInput = null, forced = null }: FindOptions = {},
): Promise<Inputs> {
  const walk = new Walk(forced)
  for (const path of paths) {
    if (path === standardInputName && standardInput) await walk.standardInput(standardInput)
    else await walk.visit(path, 0)
  }
  const inputs = walk.inputs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { inputs, skipped: walk.skipped, problems: walk.problems }
}

/** What this is by its content; null: nothing that is known. */
const contentKind = (beginning: (size: number) => Buffer): Input['kind'] | null =>
  artifactKindOf(beginning) ?? kindOf(beginning)

const isArtifact = (kind: Input['kind']): kind is ArtifactKind =>
  kind === 'task-xml' || kind === 'job' || kind === 'registry-hive' || kind === 'registry-log'

class Walk {
  readonly inputs: Input[] = []
  readonly problems: Problem[] = []
  skipped = 0
  /** Real paths met: a link in a circle, or a file that is named twice, is read once. */
  readonly #met = new Set<string>()
  readonly #forced: ForcedKind | null
  readonly #archives = new Archives(
    (content) => this.#content(content),
    (file, code, reason) => this.problems.push({ file, offset: null, chunk: null, code, reason }),
  )

  constructor(forced: ForcedKind | null) {
    this.#forced = forced
  }

  async visit(path: string, depth: number): Promise<void> {
    try {
      const real = realpathSync(path)
      if (this.#met.has(real)) return
      this.#met.add(real)
      const stat = statSync(path)
      if (stat.isDirectory()) {
        if (depth >= deepest) throw new Error(`folders are nested more than ${deepest} deep`)
        for (const name of readdirSync(path).sort()) await this.visit(join(path, name), depth + 1)
      } else if (stat.isFile()) await this.#file(path, stat.size, path)
      else this.skipped++
    } catch (error) {
      const problem = cannotRead(path, error)
      this.problems.push(problem.code === 'cannot-read' ? { ...problem, code: 'cannot-open' } : problem)
    }
  }

  async standardInput({ path, problem }: StandardInput): Promise<void> {
    const report = (code: string, reason: string) =>
      this.problems.push({ file: standardInputName, offset: null, chunk: null, code, reason })
    if (problem !== null) report('cannot-read', `it ended too soon: ${problem}`)
    if (this.#met.has(path) || !existsSync(path)) return
    this.#met.add(path)
    const { size } = statSync(path)
    if (size === 0) report('empty', 'nothing came')
    else await this.#file(path, size, standardInputName)
  }

  async #file(path: string, bytes: number, name: string): Promise<void> {
    const beginning = (size: number) => beginningOfFile(path, size)
    const kind = contentKind(beginning)
    const isOwn = kind !== null && (this.#forced === null || isArtifact(kind))
    if (isOwn) this.inputs.push({ name, path, packed: null, place: name, bytes, kind })
    else if (!(await this.#archives.open({ name, path, bytes }, beginning))) {
      if (this.#forced === null) this.skipped++
      else this.inputs.push({ name, path, packed: null, place: name, bytes, kind: this.#forced })
    }
  }

  #content({ name, path, place, packed, bytes, beginning }: FoundContent): void {
    const own = contentKind((size) => beginning.subarray(0, size))
    const kind = own === null || !isArtifact(own) ? (this.#forced ?? own) : own
    if (kind === null) this.skipped++
    // Of a member nothing is cut into ranges: it can only be read from its beginning to its end.
    else this.inputs.push({ name, path, packed, place, bytes, kind: kind === 'json-lines' ? 'json' : kind })
  }
}
