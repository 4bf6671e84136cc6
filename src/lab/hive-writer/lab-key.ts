import type { Instant } from '../../model/time.ts'

/** Numbers of the value types. Source: https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types */
export const REG_SZ = 1
export const REG_EXPAND_SZ = 2
export const REG_BINARY = 3
export const REG_DWORD = 4
export const REG_MULTI_SZ = 7
export const REG_QWORD = 11

export interface LabRegistryValue {
  /** Empty for the default value. */
  readonly name: string
  readonly type: number
  readonly data: Uint8Array
}

export interface LabKey {
  readonly name: string
  readonly lastWritten: Instant
  readonly values?: readonly LabRegistryValue[]
  /** In any order: the writer sorts them as Windows does. */
  readonly subkeys?: readonly LabKey[]
  /** The kind of list of its subkeys; what the hive's options say when left out. */
  readonly list?: SubkeyList
}

export type SubkeyList = 'li' | 'lf' | 'lh'

export const regText = (name: string, value: string, type: number = REG_SZ): LabRegistryValue => ({
  name,
  type,
  data: Buffer.from(`${value}\0`, 'utf16le'),
})
export const regNumber = (name: string, value: number): LabRegistryValue => {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value >>> 0)
  return { name, type: REG_DWORD, data }
}
export const regBytes = (name: string, data: Uint8Array): LabRegistryValue => ({ name, type: REG_BINARY, data })
