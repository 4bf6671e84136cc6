import type { Factor } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

const fiveMinutes = 300

/** An ISO 8601 duration as the Task Scheduler writes it, `PT5M` or `P0DT0H5M0S`, in seconds; undefined when it is none. */
function secondsOf(duration: string): number | undefined {
  const parts = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/.exec(duration)
  if (!parts) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

function isShort(duration: string | null): boolean {
  const seconds = duration === null ? undefined : secondsOf(duration)
  return seconds !== undefined && seconds > 0 && seconds <= fiveMinutes
}

/** Repeats every few minutes. */
export const frequent: Factor = {
  id: 'frequent',
  weigh({ chain }) {
    if (!chain.change || isMachineActor(chain)) return undefined
    const line = chain.change.actor.process?.commandLine?.toLowerCase() ?? ''
    const byCommand = /[/-]sc\s+"?minute/.test(line) && !/[/-]mo\s+"?(?:[6-9]|\d{2,})/.test(line)
    return chain.definition?.triggers.some((t) => isShort(t.repetition?.interval ?? null)) || byCommand
      ? { bits: 1.5, says: 'It repeats every few minutes.' }
      : undefined
  },
}
