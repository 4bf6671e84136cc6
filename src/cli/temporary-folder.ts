import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
