import { expect, test } from 'vitest'
import { fileIdentity, joinedIdentity } from './file-identity.ts'

const sha256 = 'ab'.repeat(32)
const nothing = { md5: null, sha1: null, sha256: null, importHash: null, signature: null, signer: null }

test('hashes are told in lower case; what is no hash, or nothing but zeros, is none', () => {
  expect(fileIdentity({ sha256: ` ${sha256.toUpperCase()} `, md5: '0'.repeat(32), sha1: 'abc', signer: '' })).toEqual({
    ...nothing,
    sha256,
  })
  expect(fileIdentity({ md5: 'z'.repeat(32), importHash: '00000000000000000000000000000000' })).toBeNull()
})

test.each([
  ['Valid', 'valid'],
  ['trusted', 'valid'],
  ['true', 'signed'],
  ['errorExpired', 'expired'],
  ['Revoked', 'revoked'],
  ['NO_SIGNATURE', 'unsigned'],
  ['errorBadDigest', 'invalid'],
])('a signature that is %s', (word, state) => {
  expect(fileIdentity({ signature: word })).toEqual({ ...nothing, signature: state })
})

test('a word that does not tell is no state', () => {
  for (const word of ['Unavailable', 'Unknown', '?', '', 'constructor'])
    expect(fileIdentity({ signature: word })).toBeNull()
})

test('two sources complete each other where they speak of one content, and else the first holds', () => {
  const [a, b] = [
    fileIdentity({ sha256 }),
    fileIdentity({ sha256, md5: 'cd'.repeat(16), signature: 'valid', signer: 'V' }),
  ]
  expect(joinedIdentity(a, b)).toEqual(b)
  expect(joinedIdentity(a, fileIdentity({ sha256: 'ef'.repeat(32), signature: 'valid' }))).toEqual(a)
  expect(joinedIdentity(null, b)).toBe(b)
})
