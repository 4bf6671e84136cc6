import { counted } from '../../model/counted.ts'
import type { Cells } from './cells.ts'
import { Damage } from './damage.ts'
import { cellName } from './key-name.ts'
import { MAX_VALUE_NAME_BYTES } from './limits.ts'
import type { ProblemList } from './problem-list.ts'
import type { TreeValue } from './registry-tree.ts'
import { dataSize, readData } from './value-data.ts'

/** Source: https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types */
export const valueTypes = [
  'REG_NONE',
  'REG_SZ',
  'REG_EXPAND_SZ',
  'REG_BINARY',
  'REG_DWORD',
  'REG_DWORD_BIG_ENDIAN',
  'REG_LINK',
  'REG_MULTI_SZ',
  'REG_RESOURCE_LIST',
  'REG_FULL_RESOURCE_DESCRIPTOR',
  'REG_RESOURCE_REQUIREMENTS_LIST',
  'REG_QWORD',
] as const
export type ValueType = (typeof valueTypes)[number]

const HEADER = 20
const FLAG_COMPRESSED = 1

/** A value of a key. Its data is read when it is asked for. */
export class RegistryValue implements TreeValue {
  /** Empty for the key's default value. */
  readonly name: string
  /** The type as stored; Windows lets programs store numbers of their own. */
  readonly type: number
  /** How many bytes the value says that it has. */
  readonly size: number
  /** Offset of the value's cell in the file. */
  readonly offset: number
  readonly #cells: Cells
  readonly #cell: Buffer
  readonly #problems: ProblemList

  private constructor(cells: Cells, cell: Buffer, offset: number, name: string, problems: ProblemList) {
    this.name = name
    this.type = cell.readUInt32LE(12)
    this.size = dataSize(cell.readUInt32LE(4))
    this.offset = offset
    this.#cells = cells
    this.#cell = cell
    this.#problems = problems
  }

  /** Throws Damage when there is no value. */
  static read(cells: Cells, offset: number, problems: ProblemList): RegistryValue {
    const cell = cells.read(offset, HEADER + MAX_VALUE_NAME_BYTES)
    const at = cells.fileOffset(offset)
    if (cell.length < HEADER || cell.toString('latin1', 0, 2) !== 'vk') {
      throw new Damage('bad-value', at, 'a value does not begin with vk')
    }
    const length = cell.readUInt16LE(2)
    if (HEADER + length > cell.length) {
      throw new Damage('bad-value', at, `a name of ${counted(length, 'byte')} in a value of ${cell.length}`)
    }
    const name = cellName(cell, HEADER, length, (cell.readUInt16LE(16) & FLAG_COMPRESSED) !== 0)
    return new RegistryValue(cells, cell, at, name, problems)
  }

  get typeName(): ValueType | undefined {
    return valueTypes[this.type]
  }

  /** The value's bytes; fewer than it says where it is damaged, which is told as a problem of the hive. */
  data(): Buffer {
    const { bytes, problem } = readData(this.#cells, this.#cell, this.offset)
    if (problem) this.#problems.add(problem.code, problem.at, `value ${this.name || '(default)'}: ${problem.message}`)
    return bytes
  }

  /** The text of a REG_SZ, REG_EXPAND_SZ or REG_LINK up to its end mark; undefined for another type. */
  text(): string | undefined {
    if (this.type !== 1 && this.type !== 2 && this.type !== 6) return undefined
    const bytes = this.data()
    const text = bytes.toString('utf16le', 0, bytes.length & ~1)
    const end = text.indexOf('\0')
    return end < 0 ? text : text.slice(0, end)
  }

  /** The number of a REG_DWORD; undefined for another type or a shorter value. */
  number(): number | undefined {
    if (this.type !== 4) return undefined
    const bytes = this.data()
    return bytes.length < 4 ? undefined : bytes.readUInt32LE(0)
  }
}
