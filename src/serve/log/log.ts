import { join } from 'node:path'
import type { FilePort, GrowingFile } from '../files/file-port.ts'
import { type Entry, firstOf, frameOf, frameSize, headerSize, readSegment, segmentHeader } from './frames.ts'

export interface LogSettings {
  /** A segment that has so many bytes is followed by a new one. */
  readonly segmentBytes: number
  /** What is written between two syncs at most, so that nobody waits for long. */
  readonly groupBytes: number
}

/** Segments are removed as a whole: a large one holds applied entries for longer, many small ones cost a sync each. */
export const logSettings: LogSettings = { segmentBytes: 64 << 20, groupBytes: 16 << 20 }

/** What was not as it should be when a log was opened. */
export interface LogDamage {
  readonly file: string
  /** `torn`: what was being written at a kill, which nobody was told is kept. `lost`: entries that were kept are not there any more. */
  readonly kind: 'torn' | 'lost'
  readonly text: string
}

/** The disk did not take an entry; it is not kept. */
export class NotKept extends Error {}

interface Waiting {
  readonly body: readonly Uint8Array[]
  readonly bytes: number
  readonly keep: (number: number) => void
  readonly refuse: (error: NotKept) => void
}

interface SegmentFile {
  readonly name: string
  readonly first: number
}

const nameOf = (first: number): string => `${String(first).padStart(16, '0')}.log`

/**
 * Numbered entries, in the order in which they were added. An entry is kept when the promise of its number settles: it is on the disk then.
 * While one sync goes on others wait for the next, which is for all of them.
 */
export class Log {
  readonly #files: FilePort
  readonly #folder: string
  readonly #settings: LogSettings
  /** In order; the last is the one that grows, if there is a file for it. */
  readonly #segments: SegmentFile[]
  #file: GrowingFile | null = null
  /** Bytes of the growing segment that are on the disk. */
  #sure = 0
  #last: number
  #waiting: Waiting[] = []
  #isWriting = false
  #isClosed = false
  #written: Promise<void> = Promise.resolve()
  #syncs = 0

  private constructor(
    files: FilePort,
    folder: string,
    settings: LogSettings,
    { segments, last }: { segments: SegmentFile[]; last: number },
  ) {
    this.#files = files
    this.#folder = folder
    this.#settings = settings
    this.#segments = segments
    this.#last = last
  }

  /**
   * Opens the log, hands out the entries after `applied` in order, and cuts what a kill has left torn. New entries have numbers after
   * all that there ever was.
   */
  static async open(
    files: FilePort,
    folder: string,
    applied: number,
    {
      take,
      damaged,
      settings = logSettings,
    }: {
      readonly take: (entry: Entry) => void | Promise<void>
      readonly damaged: (damage: LogDamage) => void
      readonly settings?: LogSettings
    },
  ): Promise<Log> {
    await files.makeFolder(folder)
    const names = (await files.list(folder)).filter((name) => /^\d{16}\.log$/.test(name))
    const segments = names.map((name) => ({ name, first: Number(name.slice(0, 16)) }))
    const kept: SegmentFile[] = []
    let last = applied
    for (const [i, { name, first }] of segments.entries()) {
      const next = segments[i + 1]?.first ?? Number.POSITIVE_INFINITY
      if (next <= applied + 1) {
        // all that counts of it is applied
        await files.remove(join(folder, name))
        continue
      }
      const bytes = await files.read(join(folder, name))
      if (firstOf(bytes) !== first) {
        // made just before a kill: nothing was ever kept in it
        if (next !== Number.POSITIVE_INFINITY || bytes.length > headerSize)
          damaged({ file: name, kind: 'lost', text: `${name} does not begin as a segment of the log` })
        await files.remove(join(folder, name))
        continue
      }
      if (first > last + 1) damaged({ file: name, kind: 'lost', text: lostText(last + 1, first - 1) })
      const { entries, torn } = readSegment(bytes, first)
      // what a segment has beyond the first entry of the next was never kept
      const counted = entries.filter(({ number }) => number < next)
      for (const entry of counted) if (entry.number > applied) await take(entry)
      last = Math.max(last, counted.at(-1)?.number ?? first - 1)
      if (torn !== null && (next === Number.POSITIVE_INFINITY || last < next - 1))
        damaged({ file: name, kind: 'torn', text: `${name} ends with what was not written whole (${torn})` })
      kept.push({ name, first })
    }
    return new Log(files, folder, settings, { segments: kept, last })
  }

  /** The number of the last entry that is kept. */
  get last(): number {
    return this.#last
  }

  /** How often the disk was asked to keep what was written. */
  get syncs(): number {
    return this.#syncs
  }

  /** Bytes of entries that wait to be written. */
  get waitingBytes(): number {
    let bytes = 0
    for (const one of this.#waiting) bytes += one.bytes
    return bytes
  }

  /** Adds an entry, its body in parts; settles with its number when it is kept. Rejects with `NotKept`. */
  add(body: readonly Uint8Array[]): Promise<number> {
    let bytes = frameSize
    for (const part of body) bytes += part.length
    return new Promise((keep, refuse) => {
      if (this.#isClosed) return refuse(new NotKept('the log is closed'))
      this.#waiting.push({ body, bytes, keep, refuse })
      if (!this.#isWriting) this.#written = this.#write()
    })
  }

  /** Removes segments all of whose entries are not beyond this one. */
  async forget(applied: number): Promise<void> {
    while (this.#segments.length > 1 && (this.#segments[1]?.first ?? 0) <= applied + 1) {
      const [segment] = this.#segments.splice(0, 1)
      if (segment) await this.#files.remove(join(this.#folder, segment.name))
    }
  }

  /** What was added is kept or refused when it settles; nothing more is taken. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#written
    await this.#file?.close()
    this.#file = null
  }

  /** Group after group, while there are any. */
  async #write(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      try {
        await this.#keep(group)
      } catch (error) {
        await this.#abandon()
        const refused = new NotKept(error instanceof Error ? error.message : String(error))
        for (const { refuse } of group) refuse(refused)
        continue
      }
      for (const { keep } of group) keep(++this.#last)
    }
    this.#isWriting = false
  }

  #nextGroup(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const one of this.#waiting) {
      bytes += one.bytes
      if (count > 0 && bytes > this.#settings.groupBytes) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #keep(group: readonly Waiting[]): Promise<void> {
    const file = await this.#growing()
    const parts: Uint8Array[] = []
    let number = this.#last
    for (const { body } of group) {
      parts.push(frameOf(++number, body))
      for (const part of body) parts.push(part)
    }
    await file.append(parts)
    this.#syncs++
    await file.sync()
    this.#sure = file.size
  }

  /** The file for the next entries: after an opening, after a full segment and after a fault it is a new one. */
  async #growing(): Promise<GrowingFile> {
    if (this.#file && this.#sure < this.#settings.segmentBytes) return this.#file
    await this.#file?.close()
    this.#file = null
    const first = this.#last + 1
    const name = nameOf(first)
    const path = join(this.#folder, name)
    const file = await this.#files.grow(path)
    try {
      if (file.size > 0) await file.cut(0)
      await file.append([segmentHeader(first)])
      await file.sync()
      await this.#files.syncFolder(this.#folder)
    } catch (error) {
      await file.close().catch(() => {})
      throw error
    }
    if (this.#segments.at(-1)?.name !== name) this.#segments.push({ name, first })
    this.#file = file
    this.#sure = file.size
    return file
  }

  /** After a fault nobody knows what is in the segment beyond what is sure: it is cut if that can be, and in any case a new one overrules it. */
  async #abandon(): Promise<void> {
    const file = this.#file
    if (file === null) return
    this.#file = null
    await file.cut(this.#sure).catch(() => {})
    await file.close().catch(() => {})
  }
}

const lostText = (from: number, to: number): string =>
  from === to
    ? `entry ${from} of the log is not there any more`
    : `entries ${from} to ${to} of the log are not there any more`
