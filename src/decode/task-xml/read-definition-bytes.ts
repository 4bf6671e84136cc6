import type { DefinitionReading } from '../../model/definition.ts'
import { MAX_CHARACTERS, readDefinition } from './read-definition.ts'

/** UTF-16 needs two bytes a character; the longer text is cut, and complained of, by `readDefinition`. */
const MAX_BYTES = 2 * MAX_CHARACTERS + 4

/** How far to look for the zero bytes that give UTF-16 away. */
const LOOK = 64

/**
 * Reads a task file. The bytes decide, not the declaration: `schtasks /query /xml` writes `encoding="UTF-16"` into files of
 * any encoding, and editors change the encoding without the declaration.
 */
export function readDefinitionBytes(bytes: Uint8Array): DefinitionReading {
  const head = bytes.subarray(0, MAX_BYTES)
  const utf16 = utf16Of(head)
  if (utf16) return readDefinition(new TextDecoder(utf16).decode(head))
  try {
    return readDefinition(
      new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length < bytes.length }),
    )
  } catch {
    const { definition, problem } = readDefinition(new TextDecoder('windows-1252').decode(head))
    const declared = /^.{0,100}encoding\s{0,9}=\s{0,9}["'](?:windows-125|iso-8859-)/is.test(asciiHead(head))
    return { definition, problem: problem ?? (declared ? null : 'not valid UTF-8: read as windows-1252') }
  }
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // without a byte order mark: XML begins in ASCII, whose high bytes are zero
  let even = 0
  let odd = 0
  const end = Math.min(bytes.length, LOOK)
  for (let i = 0; i < end; i++) {
    if (bytes[i] === 0) {
      if (i % 2) odd++
      else even++
    }
  }
  if (odd > end / 4) return 'utf-16le'
  return even > end / 4 ? 'utf-16be' : null
}

// biome-ignore lint/plugin: 200 bytes
const asciiHead = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 200))
