import type { Role } from './principal.ts'

/** What is kept of a token. Times in milliseconds. */
export interface KeptToken {
  readonly id: string
  /** The person or the sender that holds it. */
  readonly name: string
  readonly role: Role
  /** SHA-256 of its text, as hexadecimal digits. */
  readonly hash: string
  /** Hosts that a sender may speak for, by the first label of their names, lower case; null: any. */
  readonly hosts: readonly string[] | null
  readonly created: number
  /** Null: it does not expire. */
  readonly expires: number | null
  readonly lastUsed: number | null
}

/** Where tokens are kept. Another process may add and remove some at any time: nobody remembers one. */
export interface TokenStore {
  one(id: string): KeptToken | null
  /** When tokens were used last, by their ids. */
  used(times: ReadonlyMap<string, number>): void
}
