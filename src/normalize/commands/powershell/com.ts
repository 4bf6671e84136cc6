import type { TaskCommand } from '../../../model/command.ts'
import { type PartialDefinition, saysNothing } from '../../../model/partial-definition.ts'
import { taskPath } from '../../../model/task-path.ts'
import { commandOf, type Found, otherHost } from '../found.ts'
import { ComDraft } from './com-draft.ts'
import { joinedParts, partOf, textOf, type Value } from './values.ts'

/**
 * The scripting objects of the Task Scheduler (`Schedule.Service`) and the .NET wrapper of the same names, followed by the
 * methods that a script calls and the properties that it sets.
 * Source: https://learn.microsoft.com/windows/win32/taskschd/scripting-objects
 */
export class ComSession {
  #service = false
  #found = false
  #folder = ''
  #gotTask: string | null = null
  #target: string | null = null
  #draft = new ComDraft()

  /** A string or a word that may name the service. */
  see(text: string | undefined): void {
    if (text === undefined || text.length > 200) return
    const lower = text.toLowerCase()
    if (lower === 'schedule.service' || lower.includes('taskscheduler.taskservice')) this.#service = true
  }

  /** `$action.Path = value`; the name in lower case. */
  set(name: string, value: Value): void {
    const dot = name.lastIndexOf('.')
    this.#draft.set(name.slice(0, dot), name.slice(dot + 1), value)
  }

  /** `….Method(args)`, the name in lower case: what it asks for, if anything. */
  call(name: string, args: readonly Value[]): Found | null {
    const dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'))
    const first = textOf(args[0])
    const method = name.slice(dot + 1)
    switch (method) {
      case 'connect':
        if (this.#service) this.#target = otherHost(first)
        return null
      case 'getfolder':
        this.#folder = first ?? ''
        return null
      case 'gettask':
        this.#gotTask = first === null ? null : taskPath(`${this.#folder}\\${first}`)
        return null
      case 'create':
        this.#draft.create(name.slice(0, dot), first)
        return null
      case 'add':
        if (this.#service) this.#draft.add(name.slice(0, dot), args)
        return null
      case 'registertaskdefinition':
        return this.#command('create', first, this.#draft.register(textOf(args[3]), textOf(args[5])))
      case 'addtask':
        return this.#service ? this.#command('create', first, added(args)) : null
      case 'registertask':
        return this.#service ? this.#command('create', first, null) : null
      case 'deletetask':
        return this.#service ? this.#command('delete', first, null) : null
      case 'run':
      case 'runex':
      case 'stop':
        if (!this.#service || this.#gotTask === null) return null
        this.#found = true
        return {
          kind: 'command',
          command: commandOf('com', method === 'stop' ? 'end' : 'run', { task: this.#gotTask, target: this.#target }),
        }
      case 'newtask':
        this.#draft = new ComDraft()
        return null
      default:
        return null
    }
  }

  /** At the end: a service that was only looked at. */
  end(): Found | null {
    if (!this.#service || this.#found) return null
    return { kind: 'command', command: commandOf('com', 'query', { target: this.#target }) }
  }

  #command(verb: TaskCommand['verb'], name: string | null, definition: PartialDefinition | null): Found {
    this.#found = true
    const task = name === null ? null : taskPath(name.startsWith('\\') ? name : `${this.#folder}\\${name}`)
    return { kind: 'command', command: commandOf('com', verb, { task, target: this.#target, definition }) }
  }
}

/** `AddTask(name, trigger, action, user, …)` of the .NET wrapper. */
function added(args: readonly Value[]): PartialDefinition {
  const parts = args.flatMap(({ part }) => part ?? [])
  return parts.reduce(joinedParts, partOf(saysNothing)).definition
}
