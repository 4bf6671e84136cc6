import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonBytes, ROOM_PER_BYTE, ROOM_PER_VALUE } from './json-bytes.ts'
import { Literal } from './json-literal.ts'

function written(size: number, write: (out: JsonBytes) => void): string {
  const out = new JsonBytes()
  out.room(ROOM_PER_BYTE * size + ROOM_PER_VALUE)
  write(out)
  return out.view().toString('utf8')
}

test('text comes out as JSON.stringify writes it: escapes, all planes, lone surrogates', () => {
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    { weight: 1, arbitrary: fc.integer({ min: 0xd800, max: 0xdfff }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 0, max: 3 }), (units, shift) => {
      const text = String.fromCharCode(...units)
      const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf16le')])
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      const found = written(bytes.length, (out) => out.utf16(view, shift, bytes.length - shift))
      expect(`"${found}"`).toBe(JSON.stringify(text.replace(/\0+$/, '')))
    }),
    { numRuns: 2000 },
  )
})

test('whole numbers come out in decimal and hex as String writes them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), fc.nat(), fc.nat(1000), fc.integer({ min: 0, max: 2 ** 32 })), (value) => {
      expect(written(8, (out) => out.digits(value))).toBe(String(value))
      const small = value % 2 ** 32
      expect(written(8, (out) => out.hex(small))).toBe(small.toString(16))
      expect(written(8, (out) => out.hex32(small))).toBe(small.toString(16).padStart(8, '0'))
    }),
    { numRuns: 2000 },
  )
})

test('a clock has two digits each and seven for the fraction', () => {
  expect(written(17, (out) => out.clock(3, 4, 59, 1_234_567))).toBe('03:04:59.1234567Z')
  expect(written(17, (out) => out.clock(0, 0, 0, 9))).toBe('00:00:00.0000009Z')
})

test('literals of any length and script are written byte for byte, one after the other', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 8 }), (texts) => {
      const size = Buffer.byteLength(texts.join(''))
      const found = written(size, (out) => {
        for (const text of texts) out.literal(new Literal(text))
      })
      expect(found).toBe(Buffer.from(texts.join('')).toString('utf8'))
    }),
  )
})

test('what was written stays when the buffer grows', () => {
  const out = new JsonBytes()
  out.json('x'.repeat(250_000))
  out.room(1_000_000)
  out.literal(new Literal('end'))
  expect(out.view().toString('latin1')).toBe(`${'x'.repeat(250_000)}end`)
})
