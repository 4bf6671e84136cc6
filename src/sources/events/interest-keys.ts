import type { Interest } from '../../model/record.ts'

export function interestKey(provider: string, eventId: number): string {
  return `${eventId} ${provider.toLowerCase()}`
}

export function interestKeys(interests: readonly Interest[]): ReadonlySet<string> {
  return new Set(interests.map(({ provider, eventId }) => interestKey(provider, eventId)))
}
