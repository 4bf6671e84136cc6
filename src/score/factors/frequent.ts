import type { Factor } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

/** ISO 8601 durations up to five minutes, as the Task Scheduler writes them. */
const short = /^PT(?:[1-5]M|\d{1,3}S)$/

/** Repeats every few minutes. */
export const frequent: Factor = {
  id: 'frequent',
  weigh({ chain }) {
    if (!chain.change || isMachineActor(chain)) return undefined
    const line = chain.change.actor.process?.commandLine?.toLowerCase() ?? ''
    const byCommand = /\/sc\s+minute/.test(line) && !/\/mo\s+(?:[6-9]|\d{2,})/.test(line)
    return chain.definition?.triggers.some((t) => t.repetitionInterval !== null && short.test(t.repetitionInterval)) ||
      byCommand
      ? { bits: 1.5, says: 'It repeats every few minutes.' }
      : undefined
  },
}
