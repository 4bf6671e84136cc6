import type { TaskCommand } from '../../model/command.ts'
import { type DayOfWeek, daysOfWeek } from '../../model/definition.ts'
import { type PartialDefinition, saysNothing, silentTrigger } from '../../model/partial-definition.ts'
import { taskPath } from '../../model/task-path.ts'
import { type Argument, nativeCommandLine } from './c-runtime.ts'
import { commandOf, execOf, otherHost } from './found.ts'
import { clockTime, datesIn } from './stated-time.ts'

/**
 * at.exe: `at [\\host] [[id] [/delete] | /delete [/yes]]`, `at [\\host] time [/interactive] [/every:… | /next:…] command`.
 * The service gives the id, so a creation names no task; job 3 is the task `\At3`. Null for what at would refuse.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/at
 */
export function readAt(args: readonly Argument[]): TaskCommand | null {
  const words = args.map((argument) => argument.text)
  const target = words[0]?.startsWith('\\\\') ? otherHost(words.shift()) : null
  const first = words.shift()
  if (first === undefined) return commandOf('at', 'query', { target })
  if (isSwitch(first, 'delete')) return commandOf('at', 'delete', { target })
  if (/^\d{1,9}$/.test(first)) {
    const verb = words.some((word) => isSwitch(word, 'delete')) ? 'delete' : 'query'
    return commandOf('at', verb, { target, task: taskPath(`At${Number(first)}`) })
  }
  return isTime(first) ? creation(first, words, target) : null
}

function creation(time: string, words: readonly string[], target: string | null): TaskCommand | null {
  let days: string | null = null
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    if (isSwitch(word, 'every')) days = word.slice(word.indexOf(':') + 1)
    else if (!isSwitch(word, 'interactive') && !isSwitch(word, 'next')) break
  }
  const rest = words.slice(at)
  if (rest.length === 0) return null
  const action = rest.length === 1 ? (rest[0] ?? '') : nativeCommandLine(rest)
  return commandOf('at', 'create', {
    target,
    definition: { ...saysNothing, actions: execOf(action), triggers: triggersOf(time, days) },
  })
}

/** `/every:` has days by name, or dates. `/next:` is a date, once. */
function triggersOf(time: string, days: string | null): PartialDefinition['triggers'] {
  const timed = { ...silentTrigger, timeOfDay: clockTime(time) }
  if (days === null) return [{ ...timed, kind: 'time' }]
  const schedule = /[a-z]/i.test(days)
    ? ({ by: 'week', weeksInterval: 1, daysOfWeek: daysByLetter(days) } as const)
    : ({ by: 'month', daysOfMonth: datesIn(days), months: [] } as const)
  return [{ ...timed, kind: 'calendar', schedule }]
}

/** `M,T,W,Th,F,S,Su`, or longer beginnings. */
function daysByLetter(list: string): DayOfWeek[] {
  const said = list
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((day) => day.trim())
  return daysOfWeek.filter((day) =>
    said.some((one) => one !== '' && day === daysOfWeek.find((name) => name.toLowerCase().startsWith(one))),
  )
}

/** `13:20`, `1:20pm`, `1:20p`. */
const isTime = (word: string) => /^\d{1,2}(?::\d{1,2}){1,2}(?:[ap]m?)?$/i.test(word) || /^\d{1,2}[ap]m?$/i.test(word)

/** At takes a switch by any beginning of its name, with a value after a colon. */
function isSwitch(word: string, name: string): boolean {
  if (!word.startsWith('/') && !word.startsWith('-')) return false
  const given = word.slice(1).split(':', 1)[0]?.toLowerCase()
  return !!given && name.startsWith(given)
}
