import type { Evidence } from '../../model/chain.ts'
import type { LoggedOn, ShareAccessed } from '../../model/fact.ts'
import { limits } from '../settings.ts'

export interface Session {
  readonly logonId: string
  readonly logonType: number
  readonly user: string | null
  readonly sid: string | null
  readonly address: string | null
  readonly workstation: string | null
  readonly time: number
  readonly evidence: Evidence
}

/** Where a network caller came from, and how that is known. */
export interface RemoteOrigin {
  readonly address: string | null
  readonly host: string | null
  readonly evidence: readonly Evidence[]
  /** `session`: the logon itself names the address; `sibling`: another logon or pipe access of the same user next to it. */
  readonly by: 'session' | 'sibling'
}

const isNetwork = (session: Session) => session.logonType === 3

/** What is remembered of one host's logons. */
export interface LogonSessions {
  readonly byLogonId: Map<string, Session>
  /** Sessions that were forgotten because there were too many. */
  givenUp: number
  readonly recentNetwork: Session[]
  readonly shareAccesses: { readonly fact: ShareAccessed; readonly evidence: Evidence }[]
}

export const newSessions = (): LogonSessions => ({
  byLogonId: new Map(),
  givenUp: 0,
  recentNetwork: [],
  shareAccesses: [],
})

/** The logon sessions of one host, and the accesses to its share of pipes. */
export class Sessions {
  readonly #memory: LogonSessions

  constructor(memory: LogonSessions) {
    this.#memory = memory
  }

  loggedOn(fact: LoggedOn, evidence: Evidence): void {
    const session: Session = {
      logonId: fact.logonId,
      logonType: fact.logonType,
      user: fact.user,
      sid: fact.userSid,
      address: fact.address,
      workstation: fact.workstation,
      time: fact.time,
      evidence,
    }
    const { byLogonId, recentNetwork } = this.#memory
    byLogonId.delete(fact.logonId)
    byLogonId.set(fact.logonId, session)
    if (byLogonId.size > limits.sessions) this.#giveUpOldest()
    if (isNetwork(session)) {
      recentNetwork.push(session)
      // Only siblings within seconds are looked for; the window in count is far beyond what a host logs in that time.
      if (recentNetwork.length > limits.networkLogons) recentNetwork.splice(0, limits.networkLogons / 2)
    }
  }

  /** A quarter goes, network logons first: there are thousands of them for each session at a desk, which lasts for days. */
  #giveUpOldest(): void {
    const { byLogonId } = this.#memory
    let spare = limits.sessions / 4
    for (const isSpare of [isNetwork, () => true]) {
      for (const [logonId, session] of byLogonId) {
        if (spare <= 0) return
        if (!isSpare(session)) continue
        byLogonId.delete(logonId)
        this.#memory.givenUp++
        spare--
      }
    }
  }

  shareAccessed(fact: ShareAccessed, evidence: Evidence): void {
    const { shareAccesses } = this.#memory
    shareAccesses.push({ fact, evidence })
    if (shareAccesses.length > limits.networkLogons) shareAccesses.splice(0, limits.networkLogons / 2)
  }

  find(logonId: string | null): Session | undefined {
    return logonId === null ? undefined : this.#memory.byLogonId.get(logonId)
  }

  /** Where the caller of this session came from; undefined when nothing speaks for a network caller. */
  originOf(
    caller: { logonId: string | null; sid: string | null; user: string | null },
    time: number,
    window: number,
  ): RemoteOrigin | undefined {
    const own = this.find(caller.logonId)
    if (own && !isNetwork(own) && own.logonType !== 10) return undefined
    if (own && (own.address !== null || own.logonType === 10)) {
      const pipe = this.#memory.shareAccesses.findLast(
        ({ fact }) => fact.logonId === own.logonId && fact.target !== null && Math.abs(time - fact.time) <= window,
      )
      const evidence = pipe ? [own.evidence, pipe.evidence] : [own.evidence]
      return { address: own.address, host: own.workstation, evidence, by: 'session' }
    }
    const sameUser = (sid: string | null, user: string | null) =>
      caller.sid !== null && sid !== null ? caller.sid === sid : caller.user !== null && equalUser(caller.user, user)
    const near = (other: number) => Math.abs(time - other) <= window
    const isCaller = (fact: ShareAccessed) =>
      near(fact.time) && (fact.logonId === caller.logonId || sameUser(fact.userSid, fact.user))
    const pipe = this.#memory.shareAccesses.findLast(({ fact }) => fact.target !== null && isCaller(fact))
    // 5140 names the share alone: it tells an address, but not that the scheduler's pipe was opened.
    const share = pipe ?? this.#memory.shareAccesses.findLast(({ fact }) => isCaller(fact))
    const sibling = this.#memory.recentNetwork.findLast(
      (s) => s.address !== null && near(s.time) && s.logonId !== caller.logonId && sameUser(s.sid, s.user),
    )
    if (!own && !pipe) return undefined
    const evidence = [own?.evidence, sibling?.evidence, share?.evidence].filter((e) => e !== undefined)
    const address = share?.fact.address ?? sibling?.address ?? null
    return { address, host: sibling?.workstation ?? own?.workstation ?? null, evidence, by: 'sibling' }
  }
}

/** A DNS domain of 255 characters and an account of 256. */
const longestUser = 512

/** Compares `DOMAIN\name` by the name alone: one log writes the NetBIOS domain, the other the DNS domain. */
function equalUser(a: string, b: string | null): boolean {
  if (b === null) return false
  // No account of Windows has so long a name, and lists of them are gone through.
  if (a.length > longestUser || b.length > longestUser) return a === b
  const name = (user: string) => user.slice(user.lastIndexOf('\\') + 1).toLowerCase()
  return name(a) === name(b)
}
