import { type PartialDefinition, saysNothing, silentTrigger } from '../../model/partial-definition.ts'
import { taskPath } from '../../model/task-path.ts'
import { splitArguments } from './c-runtime.ts'
import { commandOf, execOf, type Found, otherHost } from './found.ts'

/**
 * wmic.exe: `job call create "command",…`, `job … delete`, the same of `path Win32_ScheduledJob`, and
 * `process call create "command line"`; `/node:` names the host. Null when it speaks of neither.
 * Source: https://learn.microsoft.com/windows/win32/cimwin32prov/create-method-in-class-win32-scheduledjob
 */
export function readWmic(args: string): Found | null {
  const words = splitArguments(args).map((argument) => argument.text)
  const node = words.find((word) => /^[/-]node:/i.test(word))
  const target = otherHost(node?.slice('/node:'.length))
  const plain = words.filter((word) => !/^[/-][a-z]+(?::|$)/i.test(word)).map((word) => word.toLowerCase())
  const alias = plain[0] === 'path' || plain[0] === 'class' ? plain[1] : plain[0]
  const created = createdBy(args)
  if (alias === 'process' || alias === 'win32_process')
    return created === null ? null : { kind: 'command-line', text: created, target }
  if (alias !== 'job' && alias !== 'win32_scheduledjob') return null
  if (created !== null)
    return {
      kind: 'command',
      command: commandOf('wmi', 'create', { target, definition: jobDefinition(created, args) }),
    }
  const id = /\bjob(?:id)?\s{0,9}=?\s{0,9}["']?(\d{1,9})\b/i.exec(args.slice(0, 4096))?.[1]
  const task = id ? taskPath(`At${id}`) : null
  const verb = plain.at(-1) === 'delete' || / call delete/i.test(args) ? 'delete' : 'query'
  return { kind: 'command', command: commandOf('wmi', verb, { target, task }) }
}

/** What a Win32_ScheduledJob says: the command, and the time in a DATETIME of which only that counts (`********154600.…`). */
export function jobDefinition(command: string | null, text: string): PartialDefinition {
  const time = /\*{8}(\d{2})(\d{2})\d{2}\./.exec(text.slice(0, 4096))
  return {
    ...saysNothing,
    actions: execOf(command),
    triggers: time ? [{ ...silentTrigger, timeOfDay: `${time[1]}:${time[2]}` }] : null,
  }
}

/** The first argument of `call create`, by place or as `Command=…`. */
function createdBy(args: string): string | null {
  const call = /\bcall\s{1,9}create\b\s{0,9}(?:\(\s{0,9})?(?:command(?:line)?\s{0,9}=\s{0,9})?/i.exec(args)
  if (!call) return null
  const rest = args.slice(call.index + call[0].length)
  const quote = rest[0]
  if (quote !== '"' && quote !== "'") return rest.split(',', 1)[0]?.trim() || null
  let end = 1
  while (end < rest.length && (rest[end] !== quote || rest[end - 1] === '\\')) end++
  return rest.slice(1, end).replaceAll('\\"', '"')
}
