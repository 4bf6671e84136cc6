import { formatInstant } from '../../model/time.ts'
import type { Delivery } from '../store/outbox.ts'
import type { TargetStatus } from './deliverer.ts'

const timeText = (time: number): string => formatInstant({ time, ticks: 0 })
const timeOrNull = (time: number | null): string | null => (time === null ? null : timeText(time))

/** One alert for one receiver, without its story. */
export const deliveryJson = ({ target, state, tries, since, next, error, head }: Delivery) => {
  const { time, ...alert } = head
  return {
    ...alert,
    time: timeText(time),
    target,
    state,
    tries,
    since: timeText(since),
    nextTry: state === 'waiting' && next > 0 ? timeText(next) : null,
    error,
  }
}

export const targetJson = ({ oldest, lastDelivered, lastFailure, notBefore, ...status }: TargetStatus) => ({
  ...status,
  oldest: timeOrNull(oldest),
  lastDelivered: timeOrNull(lastDelivered),
  lastFailure: lastFailure && { time: timeText(lastFailure.time), reason: lastFailure.reason },
  notBefore: timeOrNull(notBefore),
})
