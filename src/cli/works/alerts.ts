import { counted } from '../../model/counted.ts'
import { jsonLine } from '../../report/index.ts'
import { legible } from '../../report/legible.ts'
import { deliveryJson } from '../../serve/alerts/as-json.ts'
import type { Delivery, DeliveryState } from '../../serve/store/outbox.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { withStore } from './service-store.ts'

export interface AlertsListWanted {
  readonly data: string
  readonly state: DeliveryState | null
  readonly limit: number
  readonly format: string
}

/** `tasktrail alerts list`. */
export function alertsListWork(
  { data, state, limit, format }: AlertsListWanted,
  { freeTerminal }: Surroundings,
): Promise<number> {
  return withStore(data, (store) => {
    const deliveries = store.outbox.list({ state, before: null, limit })
    const pieces =
      format === 'json' ? [`${jsonLine({ alerts: deliveries.map(deliveryJson) })}\n`] : deliveries.map(lineOf)
    writeReport(null, pieces.length > 0 ? pieces : ['no alerts\n'], freeTerminal)
    return exitCodes.done
  })
}

function lineOf(delivery: Delivery): string {
  const { id, time, reason, severity, host, title, target, state, tries, error } = deliveryJson(delivery)
  const what = `${severity.padEnd(8)}  ${reason.padEnd(9)}  ${legible(title)} on ${legible(host)}`
  const became = state === 'delivered' ? 'delivered' : `${state}, ${counted(tries, 'try', 'tries')}`
  const why = error === null ? '' : `: ${legible(error)}`
  return `${time}  ${what}\n    ${legible(id)} to ${legible(target)} ${became}${why}\n`
}

export interface AlertsResendWanted {
  readonly data: string
  readonly id: string | null
  readonly target: string | null
}

/** `tasktrail alerts resend [ID]`: a service that runs finds it within seconds. */
export function alertsResendWork({ data, id, target }: AlertsResendWanted, { say }: Surroundings): Promise<number> {
  return withStore(data, (store) => {
    if (id !== null && !store.outbox.has(id))
      throw new UsageError(`there is no alert ${id}: tasktrail alerts list tells them`)
    const count = store.outbox.resend({ id, target }, Date.now())
    say(`${counted(count, 'delivery', 'deliveries')} to be sent again`)
    return exitCodes.done
  })
}
