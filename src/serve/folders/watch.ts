import { realpathSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import { reasonOf } from '../../sources/reason.ts'
import type { Clock } from '../clock.ts'
import { Pauses } from '../pauses.ts'
import { type FolderDeps, WatchedFolder } from './watched-folder.ts'

/** What is wrong with a folder that is to be watched; null: nothing. `own`: the service's folder, which is no source of events. */
export function whyNotWatched(folder: string, own: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is no folder`
    const [real, ours] = [realpathSync(folder), realpathSync(own)]
    if (ours === real || ours.startsWith(real.endsWith(sep) ? real : real + sep))
      return `${folder} holds the service's own folder: what it writes would be read as news`
    return null
  } catch (error) {
    return `${folder} cannot be watched: ${reasonOf(error)}`
  }
}

export interface WatchDeps extends Omit<FolderDeps, 'clock'> {
  readonly clock: Clock
  /** A fault of ours: the folder is looked at again all the same. */
  readonly fault: (error: unknown) => void
}

/** Looks at folders again and again. */
export class FolderWatch {
  readonly #folders: readonly WatchedFolder[]
  readonly #deps: WatchDeps
  readonly #pauses: Pauses
  #running: readonly Promise<void>[] = []
  #isEnding = false

  constructor(folders: readonly string[], deps: WatchDeps) {
    this.#deps = deps
    this.#pauses = new Pauses(deps.clock)
    this.#folders = [...new Set(folders)].map((folder) => new WatchedFolder(folder, deps))
  }

  start(): void {
    this.#running = this.#folders.map((folder) => this.#run(folder))
  }

  /** Settles when nothing is read any more. */
  async stop(): Promise<void> {
    this.#isEnding = true
    for (const folder of this.#folders) folder.end()
    this.#pauses.wake()
    await Promise.all(this.#running)
  }

  async #run(folder: WatchedFolder): Promise<void> {
    const { clock, settings, fault } = this.#deps
    while (!this.#isEnding) {
      const begun = clock.now()
      let wait = settings.every
      try {
        wait = (await folder.round()).wait
      } catch (error) {
        fault(error)
      }
      // a folder of very many files, or a slow share, is not looked at all the time
      const took = clock.now() - begun
      if (wait > 0 && !this.#isEnding)
        await this.#pauses.pause(Math.max(wait, Math.min(took * pausesPerLook, longestPause)))
    }
  }
}

/** Of the time so much more is waited than looked. */
const pausesPerLook = 4
/** However long a look took, or the clock says so, in milliseconds. */
const longestPause = 300_000
