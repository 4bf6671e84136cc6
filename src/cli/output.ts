import { closeSync, openSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { cannotWrite, commit, type Reserved } from './outputs.ts'

/** Where results go: stdout, or the file that the user named, which is there once all of it is written. */
export interface Output {
  /** False when whoever read our output is gone (`| head`): nothing more needs to be made. */
  write(piece: string | Uint8Array): boolean
  end(): void
}

const STDOUT = 1
/** Text is gathered to about this many characters before it is written. */
const gatherSize = 1 << 16
/** How long to wait when a pipe is full, in milliseconds. */
const pipeWait = 2

/** `freeTerminal` is called before the first of it is written to a terminal. */
export function openOutput(reserved: Reserved | null, freeTerminal: () => void = () => {}): Output {
  const isTerminal = reserved === null && isatty(STDOUT)
  let isFree = !isTerminal
  const name = reserved?.name ?? 'the standard output'
  const failing = <T>(act: () => T): T => {
    try {
      return act()
    } catch (error) {
      throw cannotWrite(name, error)
    }
  }
  const file = reserved === null ? STDOUT : failing(() => openSync(reserved.partial, 'w'))
  let held = ''
  let isRead = true
  const put = (bytes: Uint8Array) => {
    if (!isFree) freeTerminal()
    isFree = true
    isRead &&= failing(() => writeAll(file, bytes))
  }
  const flush = () => {
    const text = held
    held = ''
    if (text !== '') put(Buffer.from(text, 'utf8'))
  }
  return {
    write(piece) {
      if (typeof piece !== 'string') {
        flush()
        put(piece)
        return isRead
      }
      held += isTerminal ? terminalLines(piece) : piece
      if (held.length >= gatherSize) flush()
      return isRead
    },
    end() {
      flush()
      if (reserved === null) return
      failing(() => closeSync(file))
      commit(reserved)
    },
  }
}

/** All pieces, or as many as somebody reads. */
export function writeReport(
  reserved: Reserved | null,
  pieces: Iterable<string>,
  freeTerminal: () => void = () => {},
): void {
  const output = openOutput(reserved, freeTerminal)
  for (const piece of pieces) if (!output.write(piece)) break
  output.end()
}

/** Lines that end as CSV's do, as a terminal has them: it makes `\r\n` of a `\n` itself. */
export const terminalLines = (piece: string): string => piece.replaceAll('\r\n', '\n')

/** False when nobody reads any more. */
function writeAll(file: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at, bytes.length - at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') return false
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pipeWait)
    }
  }
  return true
}
