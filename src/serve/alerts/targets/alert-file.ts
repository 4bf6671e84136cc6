import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../../../sources/reason.ts'
import { alertDocument } from '../document.ts'
import { type AlertTarget, delivered, failed, type Message, type Outcome } from './target.ts'

const lineFeed = 0x0a

/**
 * Appends each alert as a line of JSON. The file is opened for each turn, so that one that was renamed or taken away is made anew; a line
 * that a kill has cut stays alone on its line.
 */
export class AlertFile implements AlertTarget {
  readonly name = 'file'
  readonly atOnce = 100
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async send(messages: readonly Message[]): Promise<readonly Outcome[]> {
    const lines = messages.map((message) => `${alertDocument(message)}\n`).join('')
    try {
      await this.#append(lines)
      return messages.map(() => delivered)
    } catch (error) {
      const outcome = failed(`${this.#path}: ${reasonOf(error)}`)
      return messages.map(() => outcome)
    }
  }

  close(): void {}

  async #append(lines: string): Promise<void> {
    // who reads the logs of a fleet may not be who reads its alerts
    const file = await open(this.#path, 'a+', 0o600)
    try {
      const { size } = await file.stat()
      const isCut = size > 0 && !(await endsLine(file, size))
      await file.appendFile(isCut ? `\n${lines}` : lines)
      await file.sync()
      if (size === 0) await syncFolder(dirname(this.#path))
    } finally {
      await file.close()
    }
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const last = Buffer.alloc(1)
  await file.read(last, 0, 1, size - 1)
  return last[0] === lineFeed
}

/** The name of a new file is its folder's content. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
