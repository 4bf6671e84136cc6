import type { Role } from './principal.ts'

/** What is kept of a token. Times in milliseconds. */
export interface TokenRow {
  readonly id: string
  /** The person or the sender that holds it. */
  readonly name: string
  readonly role: Role
  /** SHA-256 of its text. */
  readonly hash: Uint8Array
  /** Hosts that a sender may speak for, by the first label of their names, lower case; null: any. */
  readonly hosts: readonly string[] | null
  /** Null: it does not expire. */
  readonly expires: number | null
  readonly created: number
  readonly lastUsed: number | null
}

/** Where tokens are kept. Another process may add and remove some at any time: nobody remembers a row. */
export interface TokenStore {
  find(id: string): TokenRow | null
  /** By name, then by creation. */
  all(): TokenRow[]
  add(row: TokenRow): void
  /** False: there is none. */
  remove(id: string): boolean
  used(id: string, time: number): void
}
