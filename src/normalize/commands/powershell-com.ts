import type { TaskCommand } from '../../model/command.ts'
import { taskPath } from '../../model/task-path.ts'
import { commandOf, type Found, otherHost } from './found.ts'
import { actionPart, textOf, type Value } from './powershell-values.ts'

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
  #path: string | null = null
  #arguments: string | null = null

  /** A string or a word that may name the service. */
  see(text: string | undefined): void {
    if (text === undefined || text.length > 200) return
    const lower = text.toLowerCase()
    if (lower === 'schedule.service' || lower.includes('taskscheduler.taskservice')) this.#service = true
  }

  /** `$action.Path = value`. */
  set(property: string, value: Value): void {
    if (property === 'path') this.#path = textOf(value)
    if (property === 'arguments') this.#arguments = textOf(value)
  }

  /** `….Method(args)`: what it asks for, if anything. */
  call(method: string, args: readonly Value[]): Found | null {
    const first = textOf(args[0])
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
      case 'registertaskdefinition':
        return this.#command('create', first, actionPart(this.#path, this.#arguments).action ?? null)
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
        this.#path = null
        this.#arguments = null
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

  #command(verb: TaskCommand['verb'], name: string | null, action: string | null): Found {
    this.#found = true
    const task = name === null ? null : taskPath(name.startsWith('\\') ? name : `${this.#folder}\\${name}`)
    return { kind: 'command', command: commandOf('com', verb, { task, target: this.#target, action }) }
  }
}
