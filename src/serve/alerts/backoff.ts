/** How long after a failure something is tried again. */
export interface BackoffSettings {
  /** After the first failure, in milliseconds; twice as long after each further one. */
  readonly first: number
  /** No longer than this: what a receiver that is back again waits for at most. */
  readonly longest: number
}

export const usualBackoff: BackoffSettings = { first: 1_000, longest: 300_000 }

/** A receiver that asks for more patience than this gets no more. */
const longestAsked = 3_600_000

/**
 * Milliseconds to wait after so many failures in a row. Between half and all of it by chance (`random`, 0 to 1), so that those who failed
 * together do not come back together; at least what the receiver asked for.
 */
export function waitAfter(failures: number, asked: number | null, random: number, settings = usualBackoff): number {
  const whole = Math.min(settings.longest, settings.first * 2 ** Math.min(30, Math.max(0, failures - 1)))
  const own = Math.round(whole / 2 + (whole / 2) * random)
  return Math.max(own, Math.min(asked ?? 0, longestAsked))
}

/** What Retry-After asks for, in milliseconds from `now`; null: nothing that can be understood. Source: RFC 9110, 10.2.3. */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
