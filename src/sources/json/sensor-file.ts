import { at, isObject, type JsonObject, own, textOf } from './json-object.ts'
import type { Places } from './sensor-carrier.ts'

/** Where ECS has what a file is: `hash.md5`, …, `pe.imphash` and `code_signature`, below `from` in a row, under the items of `file`. */
export const ecsFile = (file: string, from: string): Places => ({
  [`${file}.hashes.md5`]: `${from}.hash.md5`,
  [`${file}.hashes.sha1`]: `${from}.hash.sha1`,
  [`${file}.hashes.sha256`]: `${from}.hash.sha256`,
  [`${file}.hashes.imphash`]: `${from}.pe.imphash`,
  [`${file}.signature.state`]: (row) =>
    ecsSignature(at(row, `${from}.code_signature`) ?? at(row, `${from}.Ext.code_signature`)),
  [`${file}.signature.signer`]: (row) =>
    textOf(
      own(signatureIn(at(row, `${from}.code_signature`) ?? at(row, `${from}.Ext.code_signature`)), 'subject_name'),
    ),
})

/** Some versions have a list of signatures: the first counts. */
const signatureIn = (written: unknown): JsonObject => {
  const first = Array.isArray(written) ? written[0] : written
  return isObject(first) ? first : {}
}

/** `status` says how it is (`trusted`, `errorExpired`, `noSignature`), `trusted` and `valid` whether it holds, `exists` whether there is one. */
export function ecsSignature(written: unknown): string | undefined {
  const signature = signatureIn(written)
  const flag = (name: string) => textOf(own(signature, name))?.toLowerCase()
  if (flag('exists') === 'false' || flag('signed') === 'false') return 'unsigned'
  const status = textOf(own(signature, 'status'))
  if (flag('trusted') === 'true' || flag('valid') === 'true') return 'valid'
  if (status !== undefined && status !== '') return status
  if (flag('trusted') === 'false' || flag('valid') === 'false') return 'invalid'
  return flag('exists') === 'true' || flag('signed') === 'true' ? 'signed' : undefined
}

/** Where OCSF has it: a list of `hashes` by algorithm, and `signature` with a state and a certificate. */
export function ocsfFile(file: string): Places {
  const hash = (id: number, name: string) => (row: JsonObject) => {
    const hashes = at(row, `${file}.hashes`) ?? at(row, `${file}.fingerprints`)
    if (!Array.isArray(hashes)) return undefined
    const found = hashes
      .slice(0, mostHashes)
      .filter(isObject)
      .find(
        (one) =>
          own(one, 'algorithm_id') === id || textOf(own(one, 'algorithm'))?.replaceAll('-', '').toLowerCase() === name,
      )
    return found && textOf(own(found, 'value'))
  }
  return {
    [`${file}.hashes.md5`]: hash(1, 'md5'),
    [`${file}.hashes.sha1`]: hash(2, 'sha1'),
    [`${file}.hashes.sha256`]: hash(3, 'sha256'),
    [`${file}.hashes.imphash`]: hash(99, 'imphash'),
    [`${file}.signature.state`]: (row) =>
      ocsfStates[textOf(at(row, `${file}.signature.state_id`)) ?? ''] ??
      textOf(at(row, `${file}.signature.state`)) ??
      (at(row, `${file}.signature`) === undefined ? undefined : 'signed'),
    [`${file}.signature.signer`]: (row) =>
      textOf(at(row, `${file}.signature.certificate.subject`)) ?? textOf(at(row, `${file}.signature.developer_uid`)),
  }
}

const mostHashes = 16
/** signature.state_id. Source: https://schema.ocsf.io/1.7.0/objects/digital_signature */
const ocsfStates: Readonly<Record<string, string>> = { 1: 'valid', 2: 'expired', 3: 'revoked' }
