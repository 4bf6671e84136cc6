/**
 * What a source says of a file's signature. `signed`: it has one, and nobody says whether it holds; null: the source does not say, which
 * is no word about the file.
 */
export type SignatureState = 'valid' | 'signed' | 'expired' | 'revoked' | 'invalid' | 'unsigned'

/** What a source says of a file's content: its hashes in lower-case hexadecimal, and who signed it; null where it does not say one. */
export interface FileIdentity {
  readonly md5: string | null
  readonly sha1: string | null
  readonly sha256: string | null
  /** Of the imports of a program (imphash). */
  readonly importHash: string | null
  readonly signature: SignatureState | null
  /** As the source names it, most often the certificate's subject. */
  readonly signer: string | null
}

/** Subjects of certificates are some dozen characters long. */
const longestSigner = 256

const lengths = { md5: 32, sha1: 40, sha256: 64, importHash: 32 } as const

/** What is said, in one form; null when nothing is. A hash of another length, or of nothing but zeros, is none. */
export function fileIdentity(said: { readonly [K in keyof FileIdentity]?: string | null }): FileIdentity | null {
  const hash = (name: keyof typeof lengths): string | null => {
    const text = said[name]?.trim().toLowerCase() ?? ''
    return text.length === lengths[name] && /^[\da-f]+$/.test(text) && !/^0+$/.test(text) ? text : null
  }
  const identity = {
    md5: hash('md5'),
    sha1: hash('sha1'),
    sha256: hash('sha256'),
    importHash: hash('importHash'),
    signature: signatureState(said.signature),
    signer: said.signer?.trim().slice(0, longestSigner) || null,
  }
  return Object.values(identity).some((one) => one !== null) ? identity : null
}

const states: Readonly<Record<string, SignatureState>> = {
  valid: 'valid',
  trusted: 'valid',
  verified: 'valid',
  true: 'signed',
  signed: 'signed',
  expired: 'expired',
  errorexpired: 'expired',
  revoked: 'revoked',
  errorrevoked: 'revoked',
  invalid: 'invalid',
  untrusted: 'invalid',
  tampered: 'invalid',
  errorbaddigest: 'invalid',
  baddigest: 'invalid',
  false: 'unsigned',
  unsigned: 'unsigned',
  nosignature: 'unsigned',
}

/** The word of a sensor, of Sysmon or of ECS for a signature's state; null for one that does not tell (`Unavailable`, `Unknown`). */
export function signatureState(word: string | null | undefined): SignatureState | null {
  const plain = word?.toLowerCase().replaceAll(/[\s_-]/g, '') ?? ''
  return Object.hasOwn(states, plain) ? (states[plain] ?? null) : null
}

/** What two sources say of one file: the first comes first, unless their hashes tell two files apart. */
export function joinedIdentity(a: FileIdentity | null, b: FileIdentity | null): FileIdentity | null {
  if (a === null || b === null) return a ?? b
  if (a === b || hashNames.some((name) => a[name] !== null && b[name] !== null && a[name] !== b[name])) return a
  return {
    md5: a.md5 ?? b.md5,
    sha1: a.sha1 ?? b.sha1,
    sha256: a.sha256 ?? b.sha256,
    importHash: a.importHash ?? b.importHash,
    signature: a.signature ?? b.signature,
    signer: a.signer ?? b.signer,
  }
}

const hashNames = Object.keys(lengths) as (keyof typeof lengths)[]
