import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder for one run, made when the first file is asked for. Its name is known before that, so whoever ends the run can remove it,
 * also from another thread.
 */
export class TemporaryFolder {
  readonly path: string
  #isMade = false
  #count = 0

  constructor(path: string = join(tmpdir(), `tasktrail-${randomUUID()}`)) {
    this.path = path
  }

  /** A path that nobody else has; `label` says what for. */
  file(label: string): string {
    if (!this.#isMade) mkdirSync(this.path, { mode: 0o700 }) // fails where somebody has made one of that name
    this.#isMade = true
    return join(this.path, `${label}-${this.#count++}`)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
    this.#isMade = false
  }
}
