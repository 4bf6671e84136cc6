import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { SignatureState } from '../../model/file-identity.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { badSignature } from './bad-signature.ts'

const none = { md5: null, sha1: null, sha256: null, importHash: null, signer: null }
const weighed = (image: string, signature: SignatureState | null) =>
  badSignature.weigh(
    subjectOf(madeChain({ runs: [{ processes: [{ image, file: { ...none, signature } }] }] }), unknown),
  )

test.each<[string, SignatureState]>([
  ['C:\\Windows\\System32\\evil.exe', 'unsigned'],
  ['C:\\Program Files\\A\\a.exe', 'revoked'],
  ['C:\\Windows\\System32\\svchost.exe', 'invalid'],
])('%s, %s, counts', (image, signature) => {
  expect(weighed(image, signature)).toMatchObject({ bits: 3, says: expect.stringContaining('assumed') })
})

test.each<[string, SignatureState | null]>([
  ['C:\\Tool\\a.exe', 'unsigned'],
  ['C:\\Windows\\Temp\\a.exe', 'unsigned'],
  ['C:\\Windows\\System32\\cmd.exe', 'valid'],
  ['C:\\Windows\\System32\\cmd.exe', 'signed'],
  ['C:\\Windows\\System32\\cmd.exe', null],
])('%s, %s, says nothing', (image, signature) => {
  expect(weighed(image, signature)).toBeUndefined()
})
