import { closeSync, openSync, writeSync } from 'node:fs'

/** Where results go: stdout, or the file that the user named. */
export interface Output {
  write(piece: string | Uint8Array): void
  end(): void
}

/** Thrown when whoever read our output is gone (`| head`): nothing is left to do, and nothing to complain about. */
export class OutputClosed extends Error {}

const STDOUT = 1
/** Text is gathered to about this many characters before it is written. */
const gatherSize = 1 << 16
/** How long to wait when a pipe is full, in milliseconds. */
const pipeWait = 2

export function openOutput(path: string | undefined): Output {
  const file = path === undefined ? STDOUT : openSync(path, 'w')
  let held = ''
  const flush = () => {
    const text = held
    held = ''
    if (text !== '') writeAll(file, Buffer.from(text, 'utf8'))
  }
  return {
    write(piece) {
      if (typeof piece !== 'string') {
        flush()
        writeAll(file, piece)
        return
      }
      held += piece
      if (held.length >= gatherSize) flush()
    },
    end() {
      flush()
      if (file !== STDOUT) closeSync(file)
    },
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at, bytes.length - at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') throw new OutputClosed()
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pipeWait)
    }
  }
}
