import { type CatalogueEvent, SYSTEM_SID } from '../event-catalogue/catalogue-event.ts'
import * as security from '../event-catalogue/security.ts'
import { type RegistryAction, registryObject, registryValue } from '../event-catalogue/sysmon.ts'
import * as scheduler from '../event-catalogue/task-scheduler.ts'
import type { Change } from '../truth.ts'
import type { Host, Process, Session } from './host.ts'
import { type LabTask, taskXml } from './task-xml.ts'

/** Who calls the service: a process of this host, or a network session from another (then without a process). */
export interface Caller {
  readonly session: Session
  readonly process: Process | null
  readonly route: Change['route']
}

export type Cause =
  | { readonly kind: 'time' }
  | { readonly kind: 'logon' }
  | { readonly kind: 'user'; readonly user: string }

const TREE = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree'

interface Registered {
  readonly task: LabTask
  /** The latest change to which runs belong; null for a task that was there before the logs began. */
  readonly change: Change | null
}

/** The Schedule service of a host: it writes the operational log, TaskCache and the task files, and starts the processes. */
export class TaskService {
  readonly process: Process
  readonly changes: Change[] = []
  readonly #host: Host
  readonly #tasks = new Map<string, Registered>()

  constructor(host: Host, process: Process) {
    this.#host = host
    this.process = process
  }

  /** A task that has been on the host since before the logs began. */
  inherit(task: LabTask): void {
    this.#tasks.set(task.path, { task, change: null })
  }

  register(task: LabTask, by: Caller): Change {
    const id = this.#host.random.guid().toUpperCase()
    const change = this.#change('created', task, by)
    this.#treeKey('CreateKey', task.path)
    this.#treeValue(task.path, 'SD', 'Binary Data')
    this.#treeValue(task.path, 'Id', id)
    this.#treeValue(task.path, 'Index', `DWORD (0x0000000${task.triggers.includes('LogonTrigger') ? 2 : 3})`)
    this.#writeTaskFile(task)
    change.evidence.push(
      this.#log(scheduler.taskRegistered(this.#written(), task.path, this.#principal(task))),
      this.#log(security.taskCreated(this.#host.writtenByLsass(), this.#audited(task, by))),
    )
    this.#tasks.set(task.path, { task, change })
    return change
  }

  update(task: LabTask, by: Caller): Change {
    const change = this.#change('modified', task, by)
    this.#treeValue(task.path, 'Index', 'DWORD (0x00000003)')
    this.#writeTaskFile(task)
    const user = task.principal.userId === SYSTEM_SID ? 'System' : this.#principal(task)
    change.evidence.push(
      this.#log(scheduler.taskUpdated(this.#written(), task.path, user)),
      this.#log(security.taskUpdated(this.#host.writtenByLsass(), this.#audited(task, by))),
    )
    this.#tasks.set(task.path, { task, change })
    return change
  }

  remove(path: string, by: Caller): void {
    const { task, change } = this.#registered(path)
    this.#treeKey('DeleteKey', path)
    const events = [
      this.#log(scheduler.taskDeleted(this.#written(), path, by.session.user)),
      this.#log(security.taskDeleted(this.#host.writtenByLsass(), this.#audited(task, by))),
    ]
    if (change) {
      change.evidence.push(...events)
      change.deletedAt = this.#host.now
    }
    this.#tasks.delete(path)
  }

  /** Starts a task in `session`; `finish` ends it when its process has done what it does. */
  run(path: string, cause: Cause, session: Session): { process: Process; finish: (status?: number) => void } {
    const host = this.#host
    const { task, change } = this.#registered(path)
    const { action } = task
    const instance = host.random.guid()
    const context = session.user
    const shown = action.kind === 'exec' ? action.command : action.name
    if (cause.kind === 'time') this.#log(scheduler.timeTriggered(this.#written(), path, instance))
    if (cause.kind === 'logon') this.#log(scheduler.logonTriggered(this.#written(), path, context, instance))
    const [image, commandLine] = launched(task, host.localAppData(session))
    const process = host.start(this.process, image, commandLine, session, 'C:\\Windows\\system32\\')
    const file = action.kind === 'exec' ? action.command : 'taskhostw.exe'
    const launch = this.#log(scheduler.processCreated(this.#written(), path, file, process.pid))
    this.#log(scheduler.runStarted(this.#written(), path, context, instance))
    this.#log(scheduler.actionStarted(this.#written(), path, shown, instance, process.pid))
    if (cause.kind === 'user') this.#log(scheduler.startedOnDemand(this.#written(), path, instance, cause.user))
    change?.runs.push(process)
    change?.evidence.push(launch)
    return {
      process,
      finish: (status = 0) => {
        host.exit(process, status)
        this.#log(scheduler.actionCompleted(this.#written(), path, instance, shown, status, process.pid))
        this.#log(scheduler.runFinished(this.#written(), path, context, instance))
      },
    }
  }

  #registered(path: string): Registered {
    const known = this.#tasks.get(path)
    if (!known) throw new RangeError(`no task ${path}`)
    return known
  }

  #change(kind: Change['kind'], task: LabTask, by: Caller): Change {
    const action = task.action.kind === 'exec' ? `${task.action.command} ${task.action.arguments}`.trim() : null
    const change: Change = {
      kind,
      task: task.path,
      time: this.#host.now,
      route: by.route,
      user: `${by.session.domain}\\${by.session.name}`,
      process: by.process,
      action,
      runs: [],
      evidence: [...(by.process && by.route === 'schtasks' ? by.process.evidence : [])],
      deletedAt: null,
    }
    this.changes.push(change)
    return change
  }

  #audited(task: LabTask, by: Caller): security.TaskChange {
    return {
      subject: by.session,
      task: task.path,
      content: taskXml(task),
      clientStartKey: by.process?.startKey ?? 0n,
      clientPid: by.process?.pid ?? 0,
      clientParentPid: by.process?.parent?.pid ?? 0,
      fqdn: this.#host.options.name,
    }
  }

  /** As 106 and 140 name the account that the task runs as. */
  #principal({ principal }: LabTask): string {
    return principal.userId
  }

  #written() {
    return this.#host.written(this.process.pid)
  }

  #log(event: CatalogueEvent): CatalogueEvent {
    return this.#host.logs.record(event)
  }

  #writeTaskFile({ path }: LabTask): void {
    this.#host.writeFile(this.process, `C:\\Windows\\System32\\Tasks${path}`)
  }

  #treeKey(action: RegistryAction, path: string): void {
    const seen = { ...this.#host.seen(this.process), action, target: TREE + path }
    this.#log(registryObject(this.#host.writtenBySysmon(), seen))
  }

  #treeValue(path: string, name: string, details: string): void {
    const seen = { ...this.#host.seen(this.process), target: `${TREE}${path}\\${name}`, details }
    this.#log(registryValue(this.#host.writtenBySysmon(), seen))
  }
}

/** Image and command line of the process that the service starts: variables expanded, a path with spaces quoted. */
function launched({ action }: LabTask, localAppData: string): [image: string, commandLine: string] {
  if (action.kind === 'com-handler') return ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe']
  const expand = (text: string) =>
    text.replace(/%(windir|systemroot)%/gi, 'C:\\Windows').replace(/%localappdata%/gi, localAppData)
  const command = expand(action.command)
  const quoted = command.includes(' ') && !command.startsWith('"') ? `"${command}"` : command
  return [action.image, `${quoted} ${expand(action.arguments)}`.trim()]
}
