/** How folders are watched. Times in milliseconds. */
export interface FolderSettings {
  /** Between two looks: a stream is not waited for longer, and a share is not asked more often than a person would. */
  readonly every: number
  /** What has not changed for so long has come to its end: a line without one, a chunk that is not whole, a file that is read as a whole. */
  readonly settled: number
  /** A log that is in use is looked into so often, whatever its size and time say: Windows writes them late. */
  readonly live: number
  /** Files that are watched in a folder: each costs a look a round, and a row. */
  readonly files: number
  /** Bytes that are read of a file, and of a folder, before others have their turn. */
  readonly bytesOfFile: number
  readonly bytesOfRound: number
  /** Bytes of one post: some hundred thousand records would wait for one answer beyond it. */
  readonly piece: number
  /** A file that can only be read as a whole is no larger than this. */
  readonly whole: number
  /** How long a file that is gone is remembered, in case it is only called otherwise. */
  readonly remembered: number
}

export const folderSettings: FolderSettings = {
  every: 2_000,
  settled: 30_000,
  live: 15_000,
  files: 100_000,
  bytesOfFile: 64 << 20,
  bytesOfRound: 256 << 20,
  piece: 8 << 20,
  whole: 128 << 20,
  remembered: 86_400_000,
}
