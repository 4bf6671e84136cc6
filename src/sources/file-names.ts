import { openSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'

/** A name or path; its bytes where they are no UTF-8, as in what was copied from a system with another encoding. */
export type AnyName = string | Buffer

/** As it is shown: bytes that are no UTF-8 as `\xE4`, so that two names never look alike. */
export function nameOf(name: AnyName): string {
  if (typeof name === 'string') return name
  let shown = ''
  for (const byte of name) shown += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`
  return shown
}

export function pathBelow(folder: AnyName, child: AnyName): AnyName {
  if (typeof folder === 'string' && typeof child === 'string') return join(folder, child)
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(child)])
}

/** The real path, a character for each byte: whatever a link is called, the same file has the same. Throws what the system does. */
export const realPath = (path: AnyName): string => realpathSync.native(path, 'buffer').toString('latin1')

/**
 * A path by which every thread of this process can open the file. One that is no UTF-8 cannot be written as a text: the file is kept
 * open until the process ends, and named by its descriptor. Only Linux has such names.
 */
export function readablePath(path: AnyName): string {
  return typeof path === 'string' ? path : `/proc/self/fd/${openSync(path, 'r')}`
}
