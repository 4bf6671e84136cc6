import type { Sender } from '../ports.ts'

/** What a token's holder may do: send records, read what was found, or all of it and look after the service. */
export const roles = ['send', 'read', 'administer'] as const

export type Role = (typeof roles)[number]

/** Whoever a request comes from. A sender cannot read: its token lies on a host that may be attacked. */
export interface Principal extends Sender {
  readonly role: Role
  readonly tokenId: string
  /** What its session is known by; null: it showed the token. What a browser sends by itself needs more proof before it changes anything. */
  readonly session: string | null
}

/** Whether it may use what is there for a role. */
export const may = (principal: Principal, role: Role): boolean =>
  principal.role === role || principal.role === 'administer'
