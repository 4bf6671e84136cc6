/** The bytes are the samples of libyal/winreg-kb, Task scheduler keys. */
import { expect, test } from 'vitest'
import { formatInstant, type Instant } from '../../model/time.ts'
import { readDynamicInfo } from './dynamic-info.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const iso = (instant: Instant | null | undefined) => (instant ? formatInstant(instant).slice(0, 19) : null)

test('28 bytes, as Windows Vista and 7 write: never run', () => {
  const { info } = readDynamicInfo(hex('03000000 1cec4516 3f04ca01 00000000 00000000 00000000 00000000'))
  expect(iso(info?.created)).toBe('2009-07-14T04:53:53')
  expect([info?.lastRun, info?.lastSuccessfulRun, info?.lastResult]).toEqual([null, null, 0])
})

test('28 bytes: the result at 0x14', () => {
  const { info } = readDynamicInfo(hex('03000000 166f4a0f 7ffec601 66b76c0d 6b4cc901 2b040780 00000000'))
  expect(iso(info?.lastRun)).toBe('2008-11-22T06:25:02')
  expect(info?.lastResult).toBe(0x8007042b)
})

test('36 bytes, as Windows 8 and later write', () => {
  const { info } = readDynamicInfo(
    hex('03000000 4b5a0b60 ff6acd01 5c32e745 1bb6ce01 20040780 00000000 a2b1864f 1bb6ce01'),
  )
  expect(iso(info?.created)).toBe('2012-07-26T07:22:12')
  expect(iso(info?.lastSuccessfulRun)).toBe('2013-09-20T16:06:05')
  expect(info).toMatchObject({ at14: 0x80070420, at18: 0, lastResult: 0x80070420 })
})

test('another length or another beginning is kept as bytes', () => {
  expect(readDynamicInfo(hex('03000000'))).toMatchObject({ info: null, unread: { hex: '03000000', size: 4 } })
  expect(readDynamicInfo(Buffer.alloc(36)).unread?.reason).toContain('begins with 3')
})
