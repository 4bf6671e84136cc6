import { type FileIdentity, fileIdentity, signatureState } from '../model/file-identity.ts'
import type { WindowsRecord } from '../model/record.ts'
import { textOf } from './fields.ts'

/**
 * The hashes of a Sysmon event, `SHA1=…,MD5=…,SHA256=…,IMPHASH=…` with those that its configuration asks for, in any order (15 calls
 * them Hash); and the signature where it has one (6 and 7): Signed, Signature (who), SignatureStatus, which is `Unavailable` where there is
 * none.
 */
export function sysmonFile(record: WindowsRecord): FileIdentity | null {
  const written = textOf(record, 'Hashes') ?? textOf(record, 'Hash')
  const hashes = new Map(
    (written ?? '')
      .split(',', mostHashes)
      .map((one) => one.split('=', 2))
      .map(([name = '', value = '']) => [name.trim().toUpperCase(), value]),
  )
  return fileIdentity({
    md5: hashes.get('MD5') ?? null,
    sha1: hashes.get('SHA1') ?? null,
    sha256: hashes.get('SHA256') ?? null,
    importHash: hashes.get('IMPHASH') ?? null,
    signature: signatureState(textOf(record, 'SignatureStatus')) ?? textOf(record, 'Signed'),
    signer: textOf(record, 'Signature'),
  })
}

/** There are five kinds, and more than one file of them nobody writes. */
const mostHashes = 8
