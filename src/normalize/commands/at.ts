import type { TaskCommand } from '../../model/command.ts'
import { taskPath } from '../../model/task-path.ts'
import { type Argument, nativeCommandLine } from './c-runtime.ts'
import { commandOf, otherHost, singlePercents } from './found.ts'

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
  return isTime(first) ? creation(words, target) : null
}

function creation(words: readonly string[], target: string | null): TaskCommand | null {
  let schedule = 'ONCE'
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    if (isSwitch(word, 'every'))
      schedule = /:\s*[a-z]/i.test(word) ? 'WEEKLY' : 'MONTHLY' // days by name, or dates
    else if (!isSwitch(word, 'interactive') && !isSwitch(word, 'next')) break
  }
  const rest = words.slice(at)
  if (rest.length === 0) return null
  const action = rest.length === 1 ? (rest[0] ?? '') : nativeCommandLine(rest)
  return commandOf('at', 'create', { target, schedule, action: singlePercents(action) })
}

/** `13:20`, `1:20pm`, `1:20p`. */
const isTime = (word: string) => /^\d{1,2}(?::\d{1,2}){1,2}(?:[ap]m?)?$/i.test(word) || /^\d{1,2}[ap]m?$/i.test(word)

/** At takes a switch by any beginning of its name, with a value after a colon. */
function isSwitch(word: string, name: string): boolean {
  if (!word.startsWith('/') && !word.startsWith('-')) return false
  const given = word.slice(1).split(':', 1)[0]?.toLowerCase()
  return !!given && name.startsWith(given)
}
