import { randomBytes } from 'node:crypto'
import { hashOf, isSame } from './token-text.ts'

/** How long somebody who opened the page need not show a token again: a shift, in milliseconds. */
const sessionLength = 12 * 3_600_000
/** Most sessions at once; the oldest ends for a new one. */
const mostSessions = 1000

/** A browser in which somebody showed a token. */
export interface Session {
  readonly tokenId: string
  readonly expires: number
  /** What a request that changes something must show beside the cookie: another site cannot read it. */
  readonly csrf: string
}

/** What a browser is given. */
export interface NewSession {
  readonly session: Session
  readonly cookie: string
}

const secret = () => randomBytes(32).toString('base64url')

/** In memory alone: after a start everybody shows the token again. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()

  begin(tokenId: string, now: number): NewSession {
    for (const [key, { expires }] of this.#sessions) {
      if (expires > now && this.#sessions.size < mostSessions) break // in order of their ends
      this.#sessions.delete(key)
    }
    const cookie = secret()
    const session = { tokenId, expires: now + sessionLength, csrf: secret() }
    this.#sessions.set(sessionKey(cookie), session)
    return { session, cookie }
  }

  find(key: string, now: number): Session | null {
    const session = this.#sessions.get(key)
    return session && session.expires > now ? session : null
  }

  end(key: string): void {
    this.#sessions.delete(key)
  }
}

/** What a session is known by here: no cookie is kept, and no look-up tells of one by its time. */
export const sessionKey = (cookie: string): string => hashOf(cookie)

export const isCsrfOf = ({ csrf }: Session, shown: unknown): boolean =>
  typeof shown === 'string' && isSame(hashOf(shown), hashOf(csrf))
