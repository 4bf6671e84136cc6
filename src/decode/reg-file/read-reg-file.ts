import { MAX_KEY_DEPTH, MAX_VALUE_BYTES } from '../registry/limits.ts'
import { ProblemList } from '../registry/problem-list.ts'
import { RegKey, RegTree, RegValue } from './reg-tree.ts'

/** The first line, as Windows writes it since 2000 and before (`reg export /reg:…`, old tools). */
const heading = /^\ufeff?\s*(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s*(?:\r?\n|$)/

export const looksLikeRegFile = (text: string): boolean => heading.test(text)

/** Keys of an export that are kept: SOFTWARE as a whole has some hundred thousand, TaskCache some thousand. */
const mostKeys = 100_000

/**
 * Reads an export of the registry (`reg export`, regedit) as far as it lies below a key, so that a whole SOFTWARE costs no more than what is
 * wanted of it:
 *
 *     [HKEY_LOCAL_MACHINE\SOFTWARE\…]      a key; [-…] would delete one, and is passed over
 *     "name"="text"  @="the default"       REG_SZ, with \\ and \" for \ and "
 *     "name"=dword:0000001f                REG_DWORD
 *     "name"=hex:01,02,\                   REG_BINARY, hex(n): type n; a backslash carries on in the next line
 *
 * In REGEDIT4 texts of hex(1), hex(2) and hex(7) have one byte a character, else two.
 * Source: https://support.microsoft.com/topic/how-to-add-modify-or-delete-registry-subkeys-and-values-by-using-a-reg-file
 */
export function readRegFile(file: string, text: string, below: string): RegTree {
  const problems = new ProblemList(file)
  const root = new RegKey('', null, 0)
  const wanted = below.toUpperCase()
  const isOld = /^\ufeff?\s*REGEDIT4/.test(text)
  let key: RegKey | null = null
  let keys = 0
  for (let at = 0; at < text.length; ) {
    const begin = at
    const { line, next } = logicalLine(text, at)
    at = next
    if (line.startsWith('[')) {
      const path = pathIn(line)
      key = path !== null && isBelow(path, wanted) && keys < mostKeys ? keyAt(root, path, begin) : null
      if (key !== null && ++keys === mostKeys) problems.add('too-large', begin, `more than ${mostKeys} keys`)
    } else if (key !== null && line !== '' && !line.startsWith(';')) {
      const value = valueIn(line, begin, isOld)
      if (value === null) problems.add('bad-value', begin, `a line is no value: ${line.slice(0, 60)}`)
      else if (value !== 'removed') key.put(value)
    }
  }
  return new RegTree(root, problems, text.length)
}

/** A line with those that it is carried on in; those of a value's bytes alone, for a text may end with a backslash. */
function logicalLine(text: string, from: number): { readonly line: string; readonly next: number } {
  let end = text.indexOf('\n', from)
  if (end < 0) end = text.length
  let line = text.slice(from, end).trim()
  if (!line.endsWith(',\\') && !/=hex(?:\([\da-f]+\))?:\\$/i.test(line)) return { line, next: end + 1 }
  const parts: string[] = []
  while (line.endsWith('\\') && end < text.length) {
    parts.push(line.slice(0, -1))
    const begin = end + 1
    end = text.indexOf('\n', begin)
    if (end < 0) end = text.length
    line = text.slice(begin, end).trim()
  }
  parts.push(line)
  return { line: parts.join(''), next: end + 1 }
}

/** Below the hive's root; null for a key of another hive and one that is to be deleted. */
const pathIn = (line: string): string | null =>
  /^\[HKEY_LOCAL_MACHINE\\SOFTWARE\\(.+)\]$/i.exec(line)?.[1] ?? /^\[HKLM\\SOFTWARE\\(.+)\]$/i.exec(line)?.[1] ?? null

const isBelow = (path: string, wanted: string): boolean => {
  const upper = path.slice(0, wanted.length + 1).toUpperCase()
  return upper === wanted || upper === `${wanted}\\`
}

function keyAt(root: RegKey, path: string, offset: number): RegKey | null {
  const names = path.split('\\')
  if (names.length > MAX_KEY_DEPTH) return null
  let key = root
  for (const name of names) key = key.grown(name, offset)
  key.isWritten = true
  return key
}

const plain = (text: string): string => text.replace(/\\(["\\])/g, '$1')

function valueIn(line: string, offset: number, isOld: boolean): RegValue | 'removed' | null {
  const found = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/s.exec(line)
  if (!found) return null
  const name = plain(found[1] ?? '')
  const data = found[2] ?? ''
  if (data === '-') return 'removed'
  const text = /^"((?:[^"\\]|\\.)*)"$/s.exec(data)
  if (text) return new RegValue(name, 1, offset, Buffer.from(`${plain(text[1] ?? '')}\0`, 'utf16le'))
  const number = /^dword:([\da-f]{1,8})$/i.exec(data)
  if (number) {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(Number.parseInt(number[1] ?? '0', 16))
    return new RegValue(name, 4, offset, bytes)
  }
  const hex = /^hex(?:\(([\da-f]{1,8})\))?:([\da-f,\s]*)$/i.exec(data)
  if (!hex || data.length > 3 * MAX_VALUE_BYTES) return null
  const type = hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16)
  const bytes = Buffer.from((hex[2] ?? '').replace(/[,\s]+/g, ''), 'hex')
  const isText = type === 1 || type === 2 || type === 7
  return new RegValue(name, type, offset, isOld && isText ? Buffer.from(bytes.toString('latin1'), 'utf16le') : bytes)
}
