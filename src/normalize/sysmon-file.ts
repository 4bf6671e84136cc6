import { type FileIdentity, fileIdentity, signatureState } from '../model/file-identity.ts'
import type { WindowsRecord } from '../model/record.ts'
import { textOf } from './fields.ts'

/**
 * The hashes of a Sysmon event, `SHA1=…,MD5=…,SHA256=…,IMPHASH=…` with those that its configuration asks for, in any order (15 calls
 * them Hash); and the signature where it has one (6 and 7): Signed, Signature (who), SignatureStatus, which is `Unavailable` where there is
 * none.
 */
export function sysmonFile(record: WindowsRecord): FileIdentity | null {
  const hashes = textOf(record, 'Hashes') ?? textOf(record, 'Hash') ?? ''
  const signature = signatureState(textOf(record, 'SignatureStatus')) ?? textOf(record, 'Signed')
  const signer = textOf(record, 'Signature')
  const said = `${hashes}\n${signature}\n${signer}`
  if (said.length > longestRead) return readFile(hashes, signature, signer)
  let file = read.get(said)
  if (file === undefined) {
    file = readFile(hashes, signature, signer)
    if (read.size >= mostRead) read.clear()
    read.set(said, file)
  }
  return file
}

/** The same few hundred programs and libraries come again and again, and reading what is said of one costs more than its event. */
const read = new Map<string, FileIdentity | null>()
const mostRead = 2000
const longestRead = 1000

function readFile(written: string, signature: string | null, signer: string | null): FileIdentity | null {
  const hashes = new Map(
    written
      .split(',', mostHashes)
      .map((one) => one.split('=', 2))
      .map(([name = '', value = '']) => [name.trim().toUpperCase(), value]),
  )
  return fileIdentity({
    md5: hashes.get('MD5') ?? null,
    sha1: hashes.get('SHA1') ?? null,
    sha256: hashes.get('SHA256') ?? null,
    importHash: hashes.get('IMPHASH') ?? null,
    signature,
    signer,
  })
}

/** There are five kinds, and more than one file of them nobody writes. */
const mostHashes = 8
