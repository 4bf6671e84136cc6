import type { Principal } from '../access/index.ts'
import type { ServiceState } from '../service-state.ts'
import type { Store } from '../store/store.ts'
import type { Route } from './route.ts'

/** What the API tells of. */
export interface ApiParts {
  readonly store: Store
  /** Calls after each commit, until it is called off. */
  readonly onCommit: (listener: () => void) => () => void
  readonly state: () => ServiceState
  /** Of the program. */
  readonly version: string
  /** Milliseconds. */
  readonly now: () => number
  /** Messages to receivers of alerts, by how they stand. */
  readonly alerts: () => Readonly<Record<string, number>>
  /** Asked while somebody listens to events for hours. */
  readonly stillCounts: (principal: Principal) => boolean
  /** What else can be read of the service. */
  readonly others?: readonly Route[]
}
