import type { Database } from './database.ts'

/** How a file is read on as it grows: by lines, rows, elements or chunks, or as a whole once it rests; `unknown`: nothing that is read. */
export type WatchedKind = 'json-lines' | 'csv' | 'event-xml' | 'evtx' | 'whole' | 'unknown'

/** How far a watched file was taken. */
export interface WatchedFile {
  /** As problems and evidence name it. */
  readonly path: string
  /** Device and number of the file, by which it is known under another name. */
  readonly identity: string
  readonly kind: WatchedKind
  /** Size and time of its last change, when all of it was looked at last. */
  readonly size: number
  readonly changed: number
  /** Bytes from its beginning that were taken. */
  readonly position: number
  /** Of these the first and the last, as hashes: that they are there still shows that it is the same file. */
  readonly head: string
  readonly tail: string
  /** Of a table: where its first row begins. */
  readonly headerEnd: number
  /** A rest without its end was taken as it was, up to here; 0: none was. */
  readonly restTo: number
  /** Of an event log: it is in use, so that it may change though its size and time do not. */
  readonly isLive: boolean
  /** Of an event log: the chunk that is written to, up to where its records were taken, and a hash of these; null: there is none. */
  readonly open: { readonly index: number; readonly to: number; readonly print: number } | null
  /** Of an event log two numbers for each chunk: what shows its header, and what its content. */
  readonly chunks: Float64Array
  /** Since when it is not there any more, in milliseconds; null: it is. */
  readonly gone: number | null
}

/** How far watched files were taken. Written after what was taken is on the disk, so that a kill repeats and never leaves out. */
export class WatchedFiles {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Those below a folder. */
  below(folder: string): WatchedFile[] {
    return this.#database
      .all('select path, data, chunks from watched_files where folder = ? order by path', [folder])
      .map(({ path, data, chunks }) => ({
        ...JSON.parse(String(data)),
        path: String(path),
        chunks: chunks instanceof Uint8Array ? new Float64Array(chunks.slice().buffer) : new Float64Array(0),
      }))
  }

  /** Writes what has changed, and takes away what is to be forgotten. */
  update(folder: string, files: readonly WatchedFile[], forgotten: Iterable<string>): void {
    this.#database.together(() => {
      for (const path of forgotten) this.#database.run('delete from watched_files where path = ?', [path])
      for (const file of files) this.#put(folder, file)
    })
  }

  #put(folder: string, { path, chunks, ...rest }: WatchedFile): void {
    const bytes = chunks.length === 0 ? null : new Uint8Array(chunks.buffer, chunks.byteOffset, chunks.byteLength)
    this.#database.run('insert or replace into watched_files (path, folder, data, chunks) values (?, ?, ?, ?)', [
      path,
      folder,
      JSON.stringify(rest),
      bytes,
    ])
  }
}
