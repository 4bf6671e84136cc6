import type { Interest } from '../../model/record.ts'
import { EventXmlSieve } from '../event-xml/event-xml-sieve.ts'
import { interestKeys } from '../events/interest-keys.ts'

/** Which records somebody reads, once they are parsed, and which XML of an event can become one. */
export interface WantedRecords {
  readonly keys: ReadonlySet<string>
  readonly xml: EventXmlSieve
}

export const wantedRecords = (interests: readonly Interest[]): WantedRecords => ({
  keys: interestKeys(interests),
  xml: new EventXmlSieve(interests),
})
