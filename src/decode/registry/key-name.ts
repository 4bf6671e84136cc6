/** A name as Windows compares it: upper case, character by character, so that no letter becomes two. */
export function upperName(name: string): string {
  const upper = name.toUpperCase()
  if (upper.length === name.length) return upper
  let text = ''
  for (const char of name) {
    const one = char.toUpperCase()
    text += one.length === char.length ? one : char
  }
  return text
}

/** The hash of a key's upper-case name in an `lh` list: msuhanov's specification, section Hash leaf. */
export function nameHash(upper: string): number {
  let hash = 0
  for (let at = 0; at < upper.length; at++) hash = (Math.imul(hash, 37) + upper.charCodeAt(at)) | 0
  return hash >>> 0
}

/** A name in its cell: one byte for each character where all are below U+0100, else UTF-16. */
export function cellName(bytes: Buffer, at: number, length: number, compressed: boolean): string {
  return bytes.toString(compressed ? 'latin1' : 'utf16le', at, at + length)
}
