import { existsSync, openSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'

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

/**
 * A path as the command line hands it over, where what was no UTF-8 has become `\ufffd`: the one entry that reads so in its folder. As
 * it is where there is no such entry; throws where there are several.
 */
export function givenPath(path: string): AnyName {
  if (!path.includes('\ufffd') || existsSync(path)) return path
  const folder = givenPath(dirname(path))
  const wanted = basename(path)
  const entries = existsSync(folder) ? readdirSync(folder, { encoding: 'buffer' }) : []
  const [entry, ...others] = entries.filter((name) => name.toString() === wanted)
  if (entry === undefined) return path
  if (others.length > 0) {
    const names = [entry, ...others].map(nameOf).sort().join(', ')
    throw new Error(`its name is not UTF-8 and may be any of ${names}: name their folder instead`)
  }
  return pathBelow(folder, entry.toString() === entry.toString('latin1') ? entry.toString() : entry)
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
