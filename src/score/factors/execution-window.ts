import type { WorkingHours } from '../../model/settings.ts'
import { formatInstant } from '../../model/time.ts'
import { type Factor, quote } from '../factor.ts'
import type { Subject } from '../subject.ts'
import { byPerson } from './made-by-person.ts'

const minute = 60_000

function isWithin(time: number, { from, to, weekdays, offset }: WorkingHours): boolean {
  const there = new Date(time + offset * minute)
  if (!weekdays.includes(there.getUTCDay())) return false
  const at = there.getUTCHours() * 60 + there.getUTCMinutes()
  return from <= to ? from <= at && at < to : at >= from || at < to
}

/** What a person did and when: only that keeps hours; machines work by night. */
function handsIn({ chain }: Subject) {
  const { change, runs } = chain
  const made =
    change && byPerson(chain) ? [{ time: change.time, what: `${quote(change.actor.user ?? '')} changed it` }] : []
  const asked = runs.flatMap(({ requestedBy, time }) =>
    requestedBy === null ? [] : [{ time, what: `${quote(requestedBy.user ?? 'Somebody')} had it run` }],
  )
  return [...made, ...asked]
}

/** A person changed the task, or had it run, at a time that the settings' `ExecutionWindow` does not have. */
export const executionWindow: Factor = {
  id: 'execution-window',
  weigh(subject) {
    const window = subject.settings?.settings.executionWindow
    if (!window?.hours) return undefined
    const { hours, bits } = window
    const found = handsIn(subject).find(({ time }) => !isWithin(time, hours))
    return (
      found && {
        bits,
        says: `${found.what} at ${formatInstant({ time: found.time, ticks: 0 })}, when nobody is expected to: ExecutionWindow.`,
      }
    )
  },
}
