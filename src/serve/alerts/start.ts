import type { FindingJson } from '../../report/finding-json.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { Alerts, targetsOf } from './alerts.ts'
import type { AlertConfig } from './config.ts'

export interface AlertsParts {
  readonly store: Store
  readonly version: string
  readonly clock?: Clock
  readonly fault: (error: unknown) => void
}

/**
 * The alerts of a service. Its `desk` decides in the transaction in which findings are written; `start` begins to send what waits, `wake` is
 * called after each such transaction, `stop` before the store is closed.
 */
export function alertsOf(config: AlertConfig, { store, version, fault, clock = systemClock }: AlertsParts): Alerts {
  const findingOf = (id: string): FindingJson | null => {
    const json = store.findings.json(store.findings.followed(id) ?? id)
    return json === null ? null : (JSON.parse(json) as FindingJson)
  }
  return new Alerts(config, targetsOf(config, version, clock), { outbox: store.outbox, clock, fault, findingOf })
}
