import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes } from './exit-codes.ts'

/** A folder for this process, made when the first file is asked for and removed at the end or on a signal. */
export class TemporaryFolder {
  #path: string | null = null
  #count = 0

  /** A path that nobody else has; `label` says what for. */
  file(label: string): string {
    this.#path ??= mkdtempSync(join(tmpdir(), 'tasktrail-'))
    return join(this.#path, `${label}-${this.#count++}`)
  }

  remove(): void {
    if (this.#path !== null) rmSync(this.#path, { recursive: true, force: true })
    this.#path = null
  }
}

/** Gives a folder for as long as `use` runs; it is removed at the end, and when the program is interrupted. */
export async function withTemporaryFolder<T>(use: (temporary: TemporaryFolder) => Promise<T>): Promise<T> {
  const temporary = new TemporaryFolder()
  const interrupted = () => {
    temporary.remove()
    process.exit(exitCodes.interrupted)
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    return await use(temporary)
  } finally {
    temporary.remove()
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}
