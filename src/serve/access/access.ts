import { isIP } from 'node:net'
import { Buckets, type Rate } from './buckets.ts'
import type { Principal, Role } from './principal.ts'
import { Refusal } from './refusal.ts'
import { isCsrfOf, type NewSession, type Session, Sessions, sessionKey } from './sessions.ts'
import type { KeptToken, TokenStore } from './token-store.ts'
import { hashOf, idOf, isSame } from './token-text.ts'

export interface AccessSettings {
  readonly tokens: TokenStore
  /** Milliseconds. */
  readonly now: () => number
  readonly failures?: Rate
  readonly requests?: Readonly<Record<Role, Rate>>
}

/** Wrong tokens of one address: somebody mistypes, a fleet of agents has an old one. */
const failureRate: Rate = { burst: 30, perSecond: 0.2 }
/** A thousand agents share a sender's token, each with a batch a second; a page asks for a handful of things for each click. */
const requestRates: Readonly<Record<Role, Rate>> = {
  send: { burst: 4000, perSecond: 2000 },
  read: { burst: 300, perSecond: 50 },
  administer: { burst: 4000, perSecond: 2000 },
}
/** How exactly a token's last use is known, in milliseconds. */
const useStep = 60_000
/** What an unknown token is compared with, so that it takes as long as a known one. */
const nobodysHash = hashOf('')

/** Knows who asks, by token or by session, and how often. */
export class Access {
  readonly #tokens: TokenStore
  readonly #now: () => number
  readonly #sessions = new Sessions()
  readonly #failures: Buckets
  readonly #requests: Readonly<Record<Role, Buckets>>
  /** Uses that are not written yet. */
  readonly #uses = new Map<string, number>()

  constructor({ tokens, now, failures = failureRate, requests = requestRates }: AccessSettings) {
    this.#tokens = tokens
    this.#now = now
    this.#failures = new Buckets(failures)
    this.#requests = {
      send: new Buckets(requests.send),
      read: new Buckets(requests.read),
      administer: new Buckets(requests.administer),
    }
  }

  /**
   * The holder of a token. A right one is let in however many wrong ones came from its address, or whoever shares a proxy with others could
   * lock them out; 256 bits are not guessed, so the bound is there against noise, not against luck.
   */
  byToken(text: string, address: string): Principal {
    const id = idOf(text)
    const row = id === null ? null : this.#tokens.one(id)
    const isRight = isSame(hashOf(text), row?.hash ?? nobodysHash)
    if (!row || !isRight) throw this.#failed(address, new Refusal('wrong-token', 'no such token'))
    if (!this.#isValid(row)) throw this.#failed(address, new Refusal('expired-token', 'the token has expired'))
    return this.#admit(row, null)
  }

  /** Whoever logged in; null: the session has ended, or its token has. */
  bySession(cookie: string): Principal | null {
    const key = sessionKey(cookie)
    const session = this.#sessions.find(key, this.#now())
    const row = session && this.#tokens.one(session.tokenId)
    return row && this.#isValid(row) ? this.#admit(row, key) : null
  }

  /** Whether what was shown, token or session, still counts: asked by what goes on for hours, as a stream of events. */
  stillCounts({ tokenId, session }: Principal): boolean {
    if (session !== null && this.#sessions.find(session, this.#now()) === null) return false
    const row = this.#tokens.one(tokenId)
    return row !== null && this.#isValid(row)
  }

  beginSession({ tokenId }: Principal): NewSession {
    return this.#sessions.begin(tokenId, this.#now())
  }

  sessionOf({ session }: Principal): Session | null {
    return session === null ? null : this.#sessions.find(session, this.#now())
  }

  /** Whether a request of a session shows what only our own page can know. */
  isOwnPage(principal: Principal, shown: unknown): boolean {
    const session = this.sessionOf(principal)
    return session !== null && isCsrfOf(session, shown)
  }

  endSession({ session }: Principal): void {
    if (session !== null) this.#sessions.end(session)
  }

  /** Writes down which tokens were used, for all at once: each write waits for the disk. Where it takes nothing they are tried again. */
  keepUses(): void {
    if (this.#uses.size === 0) return
    this.#tokens.used(this.#uses)
    this.#uses.clear()
  }

  #isValid({ expires }: KeptToken): boolean {
    return expires === null || expires > this.#now()
  }

  #admit({ id, name, role, hosts, lastUsed }: KeptToken, session: string | null): Principal {
    const now = this.#now()
    const wait = this.#requests[role].take(id, now)
    if (wait > 0) throw new Refusal('too-many', `more requests than a token of this role may make`, wait)
    if (lastUsed === null || now - lastUsed >= useStep) this.#uses.set(id, now)
    return { name, role, hosts, tokenId: id, session }
  }

  #failed(address: string, refusal: Refusal): Refusal {
    const wait = this.#failures.take(networkOf(address), this.#now())
    return wait > 0 ? new Refusal('too-many', 'too many wrong tokens from this address', wait) : refusal
  }
}

/** What one person can have many addresses of: with IPv6 a network of 64 bits. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = ''] = address.split('::')
  return head.split(':').slice(0, 4).join(':')
}
