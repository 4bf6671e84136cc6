import type { PageHeader, SchemaTree } from 'hyparquet'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'

/** A table that asks for more than any real one, or says what cannot be. */
export class ParquetRefused extends Error {}

/** What may still be made of a table's pages, in bytes. */
export interface ParquetBudget {
  left: number
}

/**
 * Looks at an unpacked page before it is read: how many values it has and how long their runs are. A run of two thousand million values has six
 * bytes, and the reader believes it.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings
 */
export function checkPage(header: PageHeader, page: Uint8Array, schemaPath: SchemaTree[]): void {
  const { dictionary_page_header: words, data_page_header: v1, data_page_header_v2: v2 } = header
  const repetition = getMaxRepetitionLevel(schemaPath)
  const definition = getMaxDefinitionLevel(schemaPath)
  if (words) {
    // one of its words takes a byte at the least
    if (words.num_values > page.length) throw new ParquetRefused('more words than bytes')
  } else if (v1) {
    const { num_values: count, encoding } = v1
    let at = 0
    let nulls = 0
    for (const most of [repetition, definition]) {
      if (most === 0) continue
      const length = viewOf(page).getUint32(at, true)
      const levels = page.subarray(at + 4, at + 4 + length)
      checkRuns(levels, widthOf(most), count)
      if (most === definition) nulls = nullsIn(levels, most, count)
      at += 4 + length
    }
    checkValues(page.subarray(at), encoding, count - nulls)
  } else if (v2) {
    const [first, second] = [v2.repetition_levels_byte_length, v2.definition_levels_byte_length]
    if (repetition > 0) checkRuns(page.subarray(0, first), widthOf(repetition), v2.num_values)
    if (definition > 0) checkRuns(page.subarray(first, first + second), widthOf(definition), v2.num_values)
    checkValues(page.subarray(first + second), v2.encoding, v2.num_values - v2.num_nulls)
  }
}

const widthOf = (most: number): number => 32 - Math.clz32(most)

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function nullsIn(levels: Uint8Array, most: number, count: number): number {
  const values = new Array<number>(count)
  readRleBitPackedHybrid({ view: viewOf(levels), offset: 0 }, widthOf(most), values, levels.length)
  return values.reduce((nulls, level) => (level === most ? nulls : nulls + 1), 0)
}

function checkValues(page: Uint8Array, encoding: string, count: number): void {
  if (count < 0) throw new ParquetRefused('a page with less than nothing')
  if (encoding.endsWith('_DICTIONARY')) checkRuns(page.subarray(1), page[0] ?? 0, count)
  else if (encoding === 'RLE') checkRuns(page.subarray(4), 1, count)
  else if (encoding.startsWith('DELTA_') && count > 0) checkDeltas(page, encoding, count)
}

/** Runs of a value, or of values packed in bits: none is longer than what it is a part of. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  let seen = 0
  for (let at = 0; at < bytes.length && seen < count; ) {
    const { number: head, next } = numberAt(bytes, at)
    const isPacked = head % 2 === 1
    const length = Math.floor(head / 2) * (isPacked ? 8 : 1)
    // what is packed comes in eights
    if (length > count - seen + (isPacked ? 7 : 0)) throw new ParquetRefused('a run that is longer than its page')
    seen += length
    at = next + (isPacked ? (length / 8) * width : (width + 7) >> 3)
  }
}

/** Differences: blocks of a sensible size, and no text that grows from the one before it without an end. */
function checkDeltas(page: Uint8Array, encoding: string, count: number): void {
  const reader = { view: viewOf(page), offset: 0 }
  const lengths = (): number => {
    checkBlocks(page.subarray(reader.offset))
    const values = new Int32Array(count)
    deltaBinaryUnpack(reader, count, values)
    if (values.some((length) => length < 0)) throw new ParquetRefused('a text with less than nothing')
    return values.reduce((sum, length) => sum + length, 0)
  }
  if (encoding === 'DELTA_BINARY_PACKED') checkBlocks(page)
  else if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') lengths()
  else if (encoding === 'DELTA_BYTE_ARRAY' && lengths() > mostRepeated)
    throw new ParquetRefused('its texts unpack to more than any real table’s')
}

/** What the texts of one page may have in common with the ones before them, in bytes. */
const mostRepeated = 256 << 20

/** Writers have blocks of 128 values in 4 parts. */
function checkBlocks(bytes: Uint8Array): void {
  const { number: block, next } = numberAt(bytes, 0)
  const { number: parts } = numberAt(bytes, next)
  if (parts < 1 || parts > 1024 || block < 1 || block > 1 << 20) throw new ParquetRefused('blocks that no writer makes')
}

/** A number in pieces of seven bits. */
function numberAt(bytes: Uint8Array, from: number): { readonly number: number; readonly next: number } {
  let number = 0
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0
    number += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80 || shift > 28) return { number, next: at + 1 }
  }
}
