import { expect, test } from 'vitest'
import { ChunkBytes } from './chunk-bytes.ts'
import { valueText } from './value-text.ts'
import { ARRAY, ValueType } from './value-type.ts'

function textOf(type: number, bytes: Buffer): string {
  const space = new ChunkBytes()
  space.open(bytes)
  return valueText(space, type, 0, bytes.length)
}
const bytes = (hex: string) => Buffer.from(hex, 'hex')

test('text is UTF-16 without its terminating nulls', () => {
  expect(textOf(ValueType.string, Buffer.from('Grüße \u{1f600}\0\0', 'utf16le'))).toBe('Grüße \u{1f600}')
  expect(textOf(ValueType.ansiString, bytes('80e900'))).toBe('€é')
})

test('whole numbers are signed or not, of any of the four sizes', () => {
  expect(textOf(ValueType.int8, bytes('ff'))).toBe('-1')
  expect(textOf(ValueType.uint8, bytes('ff'))).toBe('255')
  expect(textOf(ValueType.int16, bytes('feff'))).toBe('-2')
  expect(textOf(ValueType.uint16, bytes('feff'))).toBe('65534')
  expect(textOf(ValueType.int32, bytes('02000780'))).toBe('-2147024894')
  expect(textOf(ValueType.uint32, bytes('02000780'))).toBe('2147942402')
  expect(textOf(ValueType.int64, bytes('ffffffffffffffff'))).toBe('-1')
  expect(textOf(ValueType.uint64, bytes('ffffffffffffffff'))).toBe('18446744073709551615')
})

test('fractions have the digits that tell them apart and no more', () => {
  expect(textOf(ValueType.real32, bytes('cdcccc3d'))).toBe('0.1')
  expect(textOf(ValueType.real64, bytes('9a9999999999b93f'))).toBe('0.1')
})

test('a Boolean is true when any of its bytes is set, however many it has', () => {
  expect(textOf(ValueType.bool, bytes('00000000'))).toBe('false')
  expect(textOf(ValueType.bool, bytes('00000100'))).toBe('true')
  expect(textOf(ValueType.bool, bytes('10'))).toBe('true')
  expect(textOf(ValueType.bool, bytes('0000000000000001'))).toBe('true')
})

test('binary is upper-case hex, hex numbers are lower-case without leading zeros', () => {
  expect(textOf(ValueType.binary, bytes('00abcdef'))).toBe('00ABCDEF')
  expect(textOf(ValueType.hexInt32, bytes('efcdab00'))).toBe('0xabcdef')
  expect(textOf(ValueType.hexInt64, bytes('0000000000002080'))).toBe('0x8020000000000000')
  expect(textOf(ValueType.sizeT, bytes('04000000'))).toBe('0x4')
  expect(textOf(ValueType.hexInt32, bytes('00000000'))).toBe('0x0')
})

test('a GUID is lower case in braces', () => {
  expect(textOf(ValueType.guid, bytes('2549845478549449a5ba3e3b0328c30d'))).toBe(
    '{54844925-5478-4994-a5ba-3e3b0328c30d}',
  )
})

test('a SID is written as S-…, with a long authority in hex', () => {
  expect(textOf(ValueType.sid, bytes('010100000000000512000000'))).toBe('S-1-5-18')
  expect(textOf(ValueType.sid, bytes('01020000000000052000000020020000'))).toBe('S-1-5-32-544')
  expect(textOf(ValueType.sid, bytes('010100010000000012000000'))).toBe('S-1-0x100000000-18')
})

test('a FILETIME has seven digits, a SYSTEMTIME its three', () => {
  expect(textOf(ValueType.fileTime, bytes('0e1045b08affd401'))).toBe('2019-04-30T19:27:02.8472846Z')
  expect(textOf(ValueType.fileTime, bytes('0000000000000000'))).toBe('1601-01-01T00:00:00.0000000Z')
  expect(textOf(ValueType.systemTime, bytes('e3070300040007000a00160020007b00'))).toBe('2019-03-07T10:22:32.123Z')
})

test('a value whose size does not fit its type is shown as the bytes it is', () => {
  expect(textOf(ValueType.guid, bytes('0102'))).toBe('0102')
  expect(textOf(ValueType.sid, bytes('01ff'))).toBe('01FF')
  expect(textOf(ValueType.fileTime, bytes('010203'))).toBe('010203')
  expect(textOf(ValueType.uint32, bytes('010203'))).toBe('010203')
  expect(textOf(0x7e, bytes('0a'))).toBe('0A')
})

test('an array is its items, one a line', () => {
  expect(textOf(ARRAY | ValueType.string, Buffer.from('a\0\0b\0', 'utf16le'))).toBe('a\n\nb')
  expect(textOf(ARRAY | ValueType.uint16, bytes('01000200'))).toBe('1\n2')
  expect(textOf(ARRAY | ValueType.sid, bytes('010100000000000512000000010100000000000513000000'))).toBe(
    'S-1-5-18\nS-1-5-19',
  )
  expect(textOf(ARRAY | ValueType.uint32, bytes('010203'))).toBe('010203')
})

test('nothing is the empty text, whatever its type', () => {
  for (const type of Object.values(ValueType)) expect(textOf(type, Buffer.alloc(0))).toBe('')
})
