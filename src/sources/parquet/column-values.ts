import type { ColumnMetaData, DecodedArray, PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import type { Leaf } from './leaf.ts'
import { checkPage, type ParquetBudget, ParquetRefused } from './page-check.ts'
import { unpackPage } from './page-codecs.ts'
import { valueParsers } from './value-parsers.ts'

const parsers = { ...DEFAULT_PARSERS, ...valueParsers }

/** Where a column's pages lie, and what may be made of them. */
interface Chunk {
  readonly bytes: Uint8Array
  readonly column: ColumnMetaData
  readonly budget: ParquetBudget
}

/**
 * The values of a column for the first `most` rows of a group, null where there is none; of what lies in a list a list for each row. The pages
 * are read by hyparquet; its own way to rows makes a list of every structure on the way to a value, which takes ten times the memory.
 */
export function columnValues(leaf: Leaf, { bytes, column, budget }: Chunk, most: number): unknown[] {
  const { schemaPath } = leaf
  const element = schemaPath.at(-1)?.element
  if (element === undefined) return []
  const { codec, path_in_schema: pathInSchema, type } = column
  const decoder = { pathInSchema, type, element, schemaPath, codec, parsers }
  const rows = new Rows(leaf)
  let dictionary: DecodedArray | undefined
  for (const { header, page } of pagesOf(bytes, codec, budget)) {
    const { dictionary_page_header: words, data_page_header: v1, data_page_header_v2: v2 } = header
    checkPage(header, page, schemaPath)
    if (words) {
      const plain = readPlain({ view: viewOf(page), offset: 0 }, type, words.num_values, element.type_length)
      dictionary = convert(plain, decoder)
    } else if (v1) {
      const { definitionLevels, repetitionLevels, dataPage } = readDataPage(page, v1, decoder)
      const values = convertWithDictionary(dataPage, dictionary, v1.encoding, decoder)
      rows.add(v1.num_values, definitionLevels ?? [], repetitionLevels, values)
    } else if (v2) {
      const unpacked = { ...header, data_page_header_v2: { ...v2, is_compressed: false } }
      const { definitionLevels, repetitionLevels, dataPage } = readDataPageV2(page, unpacked, decoder)
      const values = convertWithDictionary(dataPage, dictionary, v2.encoding, decoder)
      rows.add(v2.num_values, definitionLevels ?? [], repetitionLevels, values)
    }
    if (rows.values.length > most) break
  }
  return rows.values
}

/** The pages of a column, unpacked; those of the second form with their levels, which are never packed, before them. */
function* pagesOf(bytes: Uint8Array, codec: string, budget: ParquetBudget) {
  const reader = { view: viewOf(bytes), offset: 0 }
  while (reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader)
    const { compressed_page_size: packed, uncompressed_page_size: size, data_page_header_v2: v2 } = header
    const body = bytes.subarray(reader.offset, reader.offset + packed)
    if (packed < 0 || size < 0 || body.length < packed)
      throw new ParquetRefused(`a page of ${packed} bytes, of which ${body.length} are there`)
    reader.offset += packed
    budget.left -= size + valuesOf(header) * bytesOfValue
    if (budget.left < 0) throw new ParquetRefused('its pages unpack to more than any real table’s')
    if (header.type === 'INDEX_PAGE') continue
    const levels = v2 ? v2.repetition_levels_byte_length + v2.definition_levels_byte_length : 0
    if (levels > body.length || levels < 0) throw new ParquetRefused('levels that are longer than their page')
    if (v2?.is_compressed === false) yield { header, page: body }
    else if (levels === 0) yield { header, page: unpackPage(codec, body, size) }
    else {
      const rest = unpackPage(codec, body.subarray(levels), size - levels)
      yield { header, page: Buffer.concat([body.subarray(0, levels), rest]) }
    }
  }
}

/** What a value costs at the least once it is read. */
const bytesOfValue = 8

function valuesOf({ data_page_header, data_page_header_v2, dictionary_page_header }: PageHeader): number {
  const values = (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values ?? 0
  if (values < 0) throw new ParquetRefused('a page with less than nothing')
  return values
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Puts values where they belong, by their levels: one a row, or as items of a list. */
class Rows {
  readonly values: unknown[] = []
  readonly #leaf: Leaf

  constructor(leaf: Leaf) {
    this.#leaf = leaf
  }

  /** No levels of definition: all values are there. */
  add(count: number, definition: ArrayLike<number>, repetition: ArrayLike<number>, values: ArrayLike<unknown>): void {
    const { present, itemPresent, inItem } = this.#leaf
    let next = 0
    for (let at = 0; at < count; at++) {
      const level = definition.length === 0 ? present : (definition[at] ?? 0)
      const value = level === present ? values[next++] : null
      if (inItem === null) this.values.push(value)
      else {
        if ((repetition[at] ?? 0) === 0) this.values.push([])
        const items = this.values.at(-1)
        if (Array.isArray(items) && level >= itemPresent) items.push(value)
      }
    }
  }
}
