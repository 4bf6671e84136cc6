import type { Packed } from '../../engine/ports.ts'
import type { Problem } from '../../model/problem.ts'
import { beginningOfFile, fileBlocks } from './file-blocks.ts'
import { isGzip, PackingDamaged, PackingRefused, unpack, unpackBeginning } from './gzip.ts'
import { beginningOf, unpacked } from './packed.ts'
import { ToUtf8, utf16Of } from './utf16.ts'

/** How a text lies in a file: packed or not, and its beginning in the way it is written. */
export interface TextFile {
  readonly path: string
  /** Where the content lies in that file, where it is a member of an archive or packed by itself. */
  readonly packed: Packed | null
  /** As it is named in results. */
  readonly name: string
  readonly isPacked: boolean
  readonly utf16: ReturnType<typeof utf16Of>
}

interface Placed {
  readonly path: string
  readonly name: string
  readonly packed?: Packed | null
}

/** The beginning of what a file holds, unpacked once or twice. */
export function contentBeginning(beginning: Buffer): Buffer {
  if (!isGzip(beginning)) return beginning
  const once = unpackBeginning(beginning)
  if (once === null) return beginning
  return isGzip(once) ? (unpackBeginning(once) ?? once) : once
}

export function textFile({ path, name, packed }: Placed, beginning: Buffer): TextFile {
  return {
    path,
    name,
    packed: packed ?? null,
    isPacked: isGzip(beginning),
    utf16: utf16Of(contentBeginning(beginning)),
  }
}

/** The first bytes of what a unit is to be read of. */
export const beginningOfUnit = async (
  { path, packed }: Pick<Placed, 'path' | 'packed'>,
  size: number,
): Promise<Buffer> => (packed ? await beginningOf(packed, size) : beginningOfFile(path, size))

/** A file's text in UTF-8, block by block; what comes before damage of its packing is handed out, and the damage reported. */
export async function* textBlocks(
  { path, name, packed, isPacked, utf16 }: TextFile,
  report: (problem: Problem) => void,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const converter = utf16 === null ? null : new ToUtf8(utf16)
  try {
    if (packed) {
      for await (const block of unpacked(packed)) {
        yield converter?.next(block) ?? block
        progress(block.length)
      }
    } else if (isPacked) {
      for await (const block of unpack(path, progress)) yield converter?.next(block) ?? block
    } else {
      for (const block of fileBlocks(path)) {
        yield converter?.next(block) ?? block
        progress(block.length)
      }
    }
  } catch (error) {
    if (!(error instanceof PackingDamaged || error instanceof PackingRefused)) throw error
    const code = error instanceof PackingDamaged ? 'bad-gzip' : 'packed-too-well'
    report({ file: name, offset: null, chunk: null, code, reason: error.message })
  }
  if (converter) yield converter.end()
}
