/** Bytes written by hand from [MS-DTYP] 2.4.6, 2.4.5 and 2.4.4. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Damage } from '../registry/damage.ts'
import { readSecurityDescriptor } from './security-descriptor.ts'

const SYSTEM = '010100000000000512000000'
const ADMINISTRATORS = '01020000000000052000000020020000'
const EVERYONE = '010100000000000100000000'
const ace = (type: number, flags: number, mask: string, sid: string) => {
  const bytes = Buffer.from(`${'00'.repeat(4)}${mask}${sid}`, 'hex')
  bytes[0] = type
  bytes[1] = flags
  bytes.writeUInt16LE(bytes.length, 2)
  return bytes
}
function descriptor(aces: Buffer[] | null): Buffer {
  const head = Buffer.from('0100048000000000000000000000000000000000', 'hex')
  const owner = Buffer.from(ADMINISTRATORS, 'hex')
  head.writeUInt32LE(20, 4)
  if (aces === null) return Buffer.concat([head, owner])
  head.writeUInt32LE(20 + owner.length, 16)
  const acl = Buffer.from('0200000000000000', 'hex')
  acl.writeUInt16LE(aces.length, 4)
  return Buffer.concat([head, owner, acl, ...aces])
}
const READ = '89001200'
const ALL = 'ff011f00'

describe('the security descriptor of a task', () => {
  test('names the owner and who may read', () => {
    const bytes = descriptor([ace(0, 0, ALL, SYSTEM), ace(0, 0, READ, ADMINISTRATORS)])
    expect(readSecurityDescriptor(bytes)).toEqual({
      owner: 'S-1-5-32-544',
      everybody: false,
      readers: ['S-1-5-18', 'S-1-5-32-544'],
      hidesFromEveryone: false,
    })
  })

  test.each([
    ['an empty list', []],
    ['only SYSTEM', [ace(0, 0, ALL, SYSTEM)]],
    ['everybody denied first', [ace(1, 0, READ, EVERYONE), ace(0, 0, ALL, ADMINISTRATORS)]],
    ['a right that is only inherited', [ace(0, 0, ALL, SYSTEM), ace(0, 8, ALL, ADMINISTRATORS)]],
    ['a right that is not reading', [ace(0, 0, '00000100', ADMINISTRATORS)]],
  ])('hides the task: %s', (_, aces) => {
    expect(readSecurityDescriptor(descriptor(aces)).hidesFromEveryone).toBe(true)
  })

  test('without a DACL lets everybody in', () => {
    expect(readSecurityDescriptor(descriptor(null))).toMatchObject({ everybody: true, hidesFromEveryone: false })
  })

  test('of any bytes is damage, never another error', () => {
    const sound = descriptor([ace(0, 0, ALL, SYSTEM), ace(5, 0, ALL, ADMINISTRATORS)])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255))),
        fc.nat(sound.length),
        (changes, length) => {
          const bytes = Buffer.from(sound)
          for (const [at, value] of changes) bytes[at] = value
          try {
            readSecurityDescriptor(bytes.subarray(0, length))
          } catch (error) {
            expect(error).toBeInstanceOf(Damage)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
