import { createHash } from 'node:crypto'
import type { FindOptions } from '../sources/inputs.ts'
import { findInputs } from '../sources/inputs.ts'
import { bytesOf } from '../sources/originals.ts'

/** An input by its content; `sha256` is null where it could not be read whole. */
export interface HashedInput {
  readonly name: string
  readonly bytes: number
  readonly sha256: string | null
}

/** The SHA-256 of every input below these paths, by name; that of a member of an archive is of what was packed. */
export async function hashInputs(paths: readonly string[], options: FindOptions): Promise<HashedInput[]> {
  const { inputs } = await findInputs(paths, options)
  const hashed: HashedInput[] = []
  for (const input of inputs) {
    const hash = createHash('sha256')
    let bytes = 0
    let isWhole = true
    try {
      for await (const block of bytesOf(input)) {
        hash.update(block)
        bytes += block.length
      }
    } catch {
      // the scan says what is wrong with it
      isWhole = false
    }
    hashed.push({ name: input.name, bytes, sha256: isWhole ? hash.digest('hex') : null })
  }
  return hashed
}
