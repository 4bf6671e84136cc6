import type { FileIdentity } from '../model/file-identity.ts'
import { legible } from './legible.ts'

/** Hashes and signature of a file as JSON has them: null where no source says it, and a signature of which nothing is known is `unknown`. */
export const fileJson = (file: FileIdentity | null) => ({
  hashes:
    file && hasHash(file) ? { md5: file.md5, sha1: file.sha1, sha256: file.sha256, imphash: file.importHash } : null,
  signature: { status: file?.signature ?? 'unknown', signer: file?.signer ?? null },
})

const hasHash = ({ md5, sha1, sha256, importHash }: FileIdentity): boolean =>
  md5 !== null || sha1 !== null || sha256 !== null || importHash !== null

/** The best hash, and who signed it; empty where nothing is known. `name`: of the file, where it does not stand just above. */
export function fileText(file: FileIdentity | null, name = ''): string {
  if (file === null) return ''
  const says = [hashSays(file), signatureSays(file)].filter((one) => one !== '').join(', ')
  return says === '' || name === '' ? says : `${legible(name)}: ${says}`
}

function hashSays({ md5, sha1, sha256 }: FileIdentity): string {
  if (sha256 !== null) return `SHA-256 ${legible(sha256)}`
  if (sha1 !== null) return `SHA-1 ${legible(sha1)}`
  return md5 === null ? '' : `MD5 ${legible(md5)}`
}

function signatureSays({ signature, signer }: FileIdentity): string {
  const by = signer === null ? '' : ` by ${legible(signer)}`
  switch (signature) {
    case null:
      return signer === null ? '' : `signer ${legible(signer)}`
    case 'unsigned':
      return 'not signed'
    case 'valid':
    case 'signed':
      return `signed${by}`
    case 'expired':
    case 'revoked':
    case 'invalid':
      return `signature${by} ${signature}`
    default:
      return signature satisfies never
  }
}
