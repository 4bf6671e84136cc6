import type { ChunkBytes } from './chunk-bytes.ts'
import { Damage } from './damage.ts'
import { MAX_NAME_LENGTH } from './limits.ts'

/**
 * Names of elements and attributes stand once per chunk, where they are first used:
 * next offset of the hash chain (4), hash (2), number of characters (2), UTF-16, a terminating null (2).
 * The chain is for the writer's table only and never followed here, so it cannot lead a reader in circles.
 * Source: [MS-EVEN6] 2.2.12 Name; libevtx, "Windows XML Event Log (EVTX) format", section Name.
 */
export const NAME_HEADER_SIZE = 8

/** Bytes of the whole name entry at `at`, with its terminating null. */
export function nameEntrySize(space: ChunkBytes, at: number): number {
  return NAME_HEADER_SIZE + 2 * space.view.getUint16(at + 6, true) + 2
}

export function readName(space: ChunkBytes, at: number): string {
  const known = space.names.get(at)
  if (known !== undefined) return known
  const start = at + NAME_HEADER_SIZE
  const length = space.view.getUint16(at + 6, true)
  if (length > MAX_NAME_LENGTH) throw new Damage('bad-binxml', at, `a name of ${length} characters`)
  const end = start + 2 * length
  if (end > space.end) throw new Damage('bad-binxml', at, 'a name reaches beyond its chunk')
  const name = space.bytes.toString('utf16le', start, end)
  space.names.set(at, name)
  return name
}
