import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { reasonOf } from '../sources/reason.ts'
import { hashOf, idOf, newToken } from './access/token-text.ts'
import { ServiceRefused } from './refused.ts'
import type { Store } from './store/store.ts'

/** What became of the administrator's first token. */
export type FirstToken =
  /** To be shown once. */
  | { readonly kind: 'made'; readonly text: string }
  | { readonly kind: 'in-file'; readonly file: string }
  /** Somebody administers already. */
  | { readonly kind: 'there' }

/**
 * Makes the token of an administrator where there is none. A file that has one already (it was put there by whoever sets machines up, or we
 * were killed before the token was in the store) gives its own.
 */
export function firstToken({ tokens }: Store, file: string | null, now: number): FirstToken {
  if (tokens.all().some(({ role }) => role === 'administer')) return { kind: 'there' }
  const text = file === null ? newToken().text : (tokenIn(file) ?? writtenTo(file))
  const id = idOf(text) as string
  const [name, role] = ['administrator', 'administer'] as const
  tokens.add({ id, name, role, hash: hashOf(text), hosts: null, created: now, expires: null, lastUsed: null })
  return file === null ? { kind: 'made', text } : { kind: 'in-file', file }
}

/** Null: there is no such file. */
function tokenIn(file: string): string | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new ServiceRefused(`${file} cannot be read: ${reasonOf(error)}`)
  }
  if (idOf(text) === null) throw new ServiceRefused(`${file} is there already, and is no token: name another file`)
  return text
}

/** A new token, which is on the disk before it counts. */
function writtenTo(file: string): string {
  const { text } = newToken()
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, `${text}\n`)
    fsyncSync(handle)
    closeSync(handle)
  } catch (error) {
    throw new ServiceRefused(`${file} cannot be written: ${reasonOf(error)}`)
  }
  return text
}
