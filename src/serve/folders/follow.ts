import { hash } from 'node:crypto'
import { FILE_HEADER_SIZE } from '../../decode/evtx/file-header.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, readFileHeader } from '../../decode/evtx/index.ts'
import type { SourceKind } from '../../sources/kinds.ts'
import type { WatchedFile } from '../store/watched-files.ts'
import { chunkState, chunksFrom, firstRecordOf, headerOfPart, printOf, recordsEnd } from './chunks.ts'
import { bufferOf, type OpenFile, type Shared } from './open-file.ts'
import type { FolderSettings } from './settings.ts'
import { firstRow, mayBeItem, wholeItems } from './whole-items.ts'

/** What following a file needs of its folder. */
export interface Follower {
  readonly settings: FolderSettings
  /** Settles when the bytes are kept; throws `Waits` when they are not taken now. */
  readonly post: (path: string, kind: SourceKind | null, bytes: Shared, takenTo?: number) => Promise<void>
  /** Keeps how far a file was taken. */
  readonly keep: (file: WatchedFile) => void
}

/** How a file stands after it was read on. */
export interface Followed {
  /** `more`: there is more to be read at once; `rests`: something waits for its end; `done`: all of it was taken. */
  readonly state: 'done' | 'rests' | 'more'
  readonly bytes: number
}

/** Of a file that was taken up to somewhere so much is compared, at its beginning and before that place. */
export const windowSize = 1_024
/** Chunks that are read and posted at once. */
const chunksAtOnce = 64
/** A line or element no longer than this is waited for; longer ones are handed over as they are, and the reader says so. */
const longestItem = 16 << 20

const printText = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url').slice(0, 22)

/** What shows that the bytes before a position are those that were taken. */
async function printsOf(file: OpenFile, position: number): Promise<Pick<WatchedFile, 'head' | 'tail'>> {
  const length = Math.min(windowSize, position)
  const [head, tail] = [await file.read(0, length), await file.read(position - length, length)]
  return { head: printText(head), tail: printText(tail) }
}

/** Whether a file still is, up to a position, what was taken. */
export async function isSameUpTo(file: OpenFile, { position, head, tail }: WatchedFile): Promise<boolean> {
  if (file.size < position) return false
  const now = await printsOf(file, position)
  return now.head === head && now.tail === tail
}

/** The hash of a file's beginning, by which a copy of another is looked for; null: too short for that. */
export async function headOf(file: OpenFile): Promise<string | null> {
  if (file.size < windowSize) return null
  return printText(await file.read(0, windowSize))
}

/** Text that grows: whole items as they come; what has no end waits until the file rests. */
export async function followText(
  file: OpenFile,
  known: WatchedFile,
  isSettled: boolean,
  { settings, post, keep }: Follower,
): Promise<Followed> {
  const kind = known.kind as 'json-lines' | 'csv' | 'event-xml'
  let now = known
  if (known.position > 0 && !(await isSameUpTo(file, known))) now = { ...known, position: 0, headerEnd: 0, restTo: 0 }
  const { size, changed } = file
  let read = 0
  const finish = (state: Followed['state']): Followed => {
    // of one that has more it is not said that all of it was looked at
    keep({ ...now, size, changed: state === 'more' ? -1 : changed })
    return { state, bytes: read }
  }
  for (let length = settings.piece; now.position < size; ) {
    if (read >= settings.bytesOfFile) return finish('more')
    const before = kind === 'csv' && now.position > 0 ? await file.read(0, now.headerEnd) : undefined
    const bytes = await file.read(now.position, Math.min(length, size - now.position), before)
    const own = bytes.subarray(before?.length ?? 0)
    const cut = lastWhole(kind, now, bufferOf(own), length)
    if (cut === 0 && length < longestItem && own.length === length) {
      length *= 2
      continue
    }
    if (cut === 0) {
      if (!isSettled || now.restTo === size) return finish(now.restTo === size ? 'done' : 'rests')
      if (mayBeItem(kind, bufferOf(own))) await post(file.path, kind, bytes)
      now = { ...now, restTo: size }
      return finish('done')
    }
    const headerEnd = kind === 'csv' && now.position === 0 ? firstRow(bufferOf(own)) : now.headerEnd
    await post(file.path, kind, bytes.subarray(0, (before?.length ?? 0) + cut))
    read += cut
    const position = now.position + cut
    now = { ...now, position, headerEnd, restTo: 0, ...(await printsOf(file, position)) }
    keep({ ...now, changed: -1 })
    length = settings.piece
  }
  return finish('done')
}

/** How much of a piece can be handed over. */
function lastWhole(kind: 'json-lines' | 'csv' | 'event-xml', now: WatchedFile, bytes: Buffer, length: number): number {
  const cut = wholeItems(kind, bytes)
  // the line of columns alone says nothing
  if (kind === 'csv' && now.position === 0 && cut <= firstRow(bytes)) return 0
  return cut === 0 && length >= longestItem && bytes.length === length ? bytes.length : cut
}

/** What can only be read from its beginning to its end, once it rests. */
export async function followWhole(
  file: OpenFile,
  known: WatchedFile,
  isSettled: boolean,
  { post, keep }: Follower,
): Promise<Followed> {
  if (!isSettled) return { state: 'rests', bytes: 0 }
  const { size, changed } = file
  if (known.position === size && size > 0 && (await isSameUpTo(file, known))) {
    keep({ ...known, size, changed })
    return { state: 'done', bytes: 0 }
  }
  await post(file.path, null, await file.read(0, size))
  keep({ ...known, position: size, size, changed, ...(await printsOf(file, size)) })
  return { state: 'done', bytes: size }
}

/**
 * An event log: chunks that are new or have changed. Of the one that is written to, and of the one that was, the records that came since are
 * taken; the rest of the chunk is posted with them, for they are written by means of it.
 */
export async function followChunks(
  file: OpenFile,
  known: WatchedFile,
  isSettled: boolean,
  { settings, post, keep }: Follower,
): Promise<Followed> {
  const { size, changed } = file
  const slots = Math.max(0, Math.ceil((size - chunksFrom) / CHUNK_SIZE))
  const chunks = new Float64Array(2 * slots)
  chunks.set(known.chunks.subarray(0, 2 * slots))
  const { wanted, newest } = await changedChunks(file, chunks, slots)
  const isLive = readFileHeader(bufferOf(await file.read(0, FILE_HEADER_SIZE)))?.dirty ?? false
  let [read, isWaiting, open] = [0, false, known.open]
  const kept = (done: boolean) =>
    keep({ ...known, chunks, isLive, open, size, position: size, changed: done ? changed : -1 })
  const closing = known.open?.index ?? -1
  const others = wanted.filter((index) => index !== newest && index !== closing)
  for (let from = 0; from < others.length; from += chunksAtOnce) {
    if (read >= settings.bytesOfFile) {
      kept(false)
      return { state: 'more', bytes: read }
    }
    const part = new PartOfLog(chunks)
    for (const index of others.slice(from, from + chunksAtOnce)) {
      const bytes = await chunkAt(file, index)
      isWaiting = !part.take(bytes, index, isSettled) || isWaiting
      read += bytes.length
    }
    const bytes = part.bytes()
    if (bytes === null) continue
    await post(file.path, 'evtx', bytes)
    part.taken()
    kept(false)
  }
  for (const index of new Set([closing, newest])) {
    if (index < 0 || index >= slots) continue
    const bytes = await chunkAt(file, index)
    read += bytes.length
    const part = new PartOfLog(chunks)
    isWaiting = !part.take(bytes, index, isSettled) || isWaiting
    const begun = open?.index === index && isBegunBy(bytes, open) ? open.to : CHUNK_HEADER_SIZE
    const to = recordsEnd(bytes)
    if (part.isEmpty) continue
    const isMore = to > begun || begun === CHUNK_HEADER_SIZE
    const takenTo = begun === CHUNK_HEADER_SIZE ? 0 : chunksFrom + begun
    if (isMore) await post(file.path, 'evtx', part.bytes() as Shared, takenTo)
    part.taken()
    open = { index, to, print: printOf(bytes.subarray(CHUNK_HEADER_SIZE, to)) }
    kept(false)
  }
  kept(true)
  return { state: isWaiting ? 'rests' : 'done', bytes: read }
}

const chunkAt = async (file: OpenFile, index: number): Promise<Buffer> =>
  bufferOf(await file.read(chunksFrom + index * CHUNK_SIZE, CHUNK_SIZE))

/** Whether the records that were taken of a chunk are in it still. */
const isBegunBy = (bytes: Buffer, { to, print }: NonNullable<WatchedFile['open']>): boolean =>
  to <= bytes.length && printOf(bytes.subarray(CHUNK_HEADER_SIZE, to)) === print

/** Chunks whose header is not that which was read before, and those that are not done with; and the one with the newest records, -1: none. */
async function changedChunks(file: OpenFile, chunks: Float64Array, slots: number) {
  const wanted: number[] = []
  let newest = { index: -1, record: 0 }
  for (let index = 0; index < slots; index++) {
    const header = bufferOf(await file.read(chunksFrom + index * CHUNK_SIZE, CHUNK_HEADER_SIZE))
    const record = header.length < CHUNK_HEADER_SIZE ? 0 : firstRecordOf(header)
    if (record > newest.record) newest = { index, record }
    if (chunks[2 * index] === 0 || chunks[2 * index] !== printOf(header)) wanted.push(index)
  }
  return { wanted, newest: newest.index }
}

/** Chunks that are posted together. */
class PartOfLog {
  readonly #chunks: Float64Array
  readonly #parts: { readonly index: number; readonly bytes: Buffer; readonly prints: readonly [number, number] }[] = []

  constructor(chunks: Float64Array) {
    this.#chunks = chunks
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  /** Whether it needs not be waited for. */
  take(bytes: Buffer, index: number, isSettled: boolean): boolean {
    const state = chunkState(bytes)
    const header = state === 'whole' || state === 'unused' ? printOf(bytes.subarray(0, CHUNK_HEADER_SIZE)) : 0
    const content = printOf(bytes)
    if (content === this.#chunks[2 * index + 1] || state === 'unused') {
      // there is nothing new in it
      this.#chunks[2 * index] = header
      this.#chunks[2 * index + 1] = content
      return state !== 'torn' || isSettled
    }
    if (state === 'torn' && !isSettled) return false
    // what is being written to it has no end yet
    const ready = state === 'open' ? Buffer.concat([bytes.subarray(0, recordsEnd(bytes))], CHUNK_SIZE) : bytes
    this.#parts.push({ index, bytes: ready, prints: [header, content] })
    return true
  }

  /** A log of them alone; null: there are none. */
  bytes(): Shared | null {
    if (this.#parts.length === 0) return null
    const header = headerOfPart()
    const all = new Uint8Array(new SharedArrayBuffer(header.length + this.#parts.length * CHUNK_SIZE))
    all.set(header)
    let end = header.length
    for (const { bytes } of this.#parts) {
      all.set(bytes, end)
      end += bytes.length
    }
    return all.subarray(0, end)
  }

  taken(): void {
    for (const { index, prints } of this.#parts) this.#chunks.set(prints, 2 * index)
  }
}
