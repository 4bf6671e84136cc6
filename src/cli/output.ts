import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'

/** Where results go: stdout, or a file that the user named. */
export interface Output {
  write(text: string | Uint8Array): Promise<void>
  end(): Promise<void>
}

/** Texts are gathered to this size before they are written. */
const blockSize = 1 << 16

/** Results to a file (`--out`) or to stdout. A reader that goes away (`| head`) ends the program without a complaint. */
export function openOutput(path: string | undefined): Output {
  return path === undefined ? toStdout() : toFile(path)
}

function toFile(path: string): Output {
  const file = openSync(path, 'w')
  const put = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at)
  }
  return gathered(
    async (bytes) => put(bytes),
    async () => closeSync(file),
  )
}

function toStdout(): Output {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    throw error
  })
  return gathered(
    async (bytes) => {
      if (!process.stdout.write(bytes)) await once(process.stdout, 'drain')
    },
    async () => {},
  )
}

function gathered(put: (bytes: Uint8Array) => Promise<void>, close: () => Promise<void>): Output {
  let held: string[] = []
  let size = 0
  const flush = async () => {
    if (size === 0) return
    const bytes = Buffer.from(held.join(''), 'utf8')
    held = []
    size = 0
    await put(bytes)
  }
  return {
    async write(text) {
      if (typeof text !== 'string') {
        await flush()
        await put(text)
        return
      }
      held.push(text)
      size += text.length
      if (size >= blockSize) await flush()
    },
    async end() {
      await flush()
      await close()
    },
  }
}
