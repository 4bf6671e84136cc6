import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../model/problem.ts'
import { type ArtifactKind, artifactKindOf } from './artifact-kinds.ts'
import { beginningOfFile } from './content/file-blocks.ts'
import { kindOf, type SourceKind } from './kinds.ts'
import { reasonOf } from './reason.ts'

export { reasonOf } from './reason.ts'

/** A file that can be read. */
export interface Input {
  /** As the user named it, or the named folder with the path below it. */
  readonly name: string
  readonly path: string
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

/** Folders below each other; evidence from a mounted disk is deep, but not like this. */
const deepest = 64

/** Finds what can be read at these paths; folders are walked. Kinds are told by content, never by name. */
export function findInputs(paths: readonly string[]): Inputs {
  const walk = new Walk()
  for (const path of paths) walk.visit(path, 0)
  const inputs = walk.inputs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { inputs, skipped: walk.skipped, problems: walk.problems }
}

class Walk {
  readonly inputs: Input[] = []
  readonly problems: Problem[] = []
  skipped = 0
  /** Real paths met: a link in a circle, or a file that is named twice, is read once. */
  readonly #met = new Set<string>()

  visit(path: string, depth: number): void {
    try {
      const real = realpathSync(path)
      if (this.#met.has(real)) return
      this.#met.add(real)
      const stat = statSync(path)
      if (stat.isDirectory()) {
        if (depth >= deepest) throw new Error(`folders are nested more than ${deepest} deep`)
        for (const name of readdirSync(path).sort()) this.visit(join(path, name), depth + 1)
      } else if (stat.isFile()) this.#file(path, stat.size)
      else this.skipped++
    } catch (error) {
      this.problems.push({ file: path, offset: null, chunk: null, code: 'cannot-open', reason: reasonOf(error) })
    }
  }

  #file(path: string, bytes: number): void {
    const beginning = (size: number) => beginningOfFile(path, size)
    const kind = artifactKindOf(beginning) ?? kindOf(beginning)
    if (kind === null) this.skipped++
    else this.inputs.push({ name: path, path, bytes, kind })
  }
}
