/** A file that only grows at its end, or is cut there. */
export interface GrowingFile {
  /** Bytes in it, so far as this process knows. */
  readonly size: number
  /** Adds these at its end, one after the other. When it fails, any part of them may be there. */
  append(parts: readonly Uint8Array[]): Promise<void>
  /** Everything that was added is on the disk when it settles. */
  sync(): Promise<void>
  /** Takes away what is beyond this size. */
  cut(size: number): Promise<void>
  close(): Promise<void>
}

/**
 * The few things that are asked of a file system, so that a test can have one that forgets what was not synced. What a name means is sure
 * only after `syncFolder`; what is in a file only after its `sync`.
 */
export interface FilePort {
  /** Makes the folder, and those above it, for the owner alone; they are sure. */
  makeFolder(path: string): Promise<void>
  /** Names in a folder, sorted. */
  list(folder: string): Promise<string[]>
  /** Opens it to grow; made, for the owner alone, where it is not there. */
  grow(path: string): Promise<GrowingFile>
  /** The whole content. */
  read(path: string): Promise<Uint8Array>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
}
