import type { Instant } from '../../model/time.ts'
import { type CatalogueEvent, SYSTEM_SID } from '../event-catalogue/catalogue-event.ts'
import * as security from '../event-catalogue/security.ts'
import { type RegistryAction, registryObject, registryValue } from '../event-catalogue/sysmon.ts'
import * as scheduler from '../event-catalogue/task-scheduler.ts'
import type { Change } from '../truth.ts'
import { later } from './clock.ts'
import type { Host, Process, Session } from './host.ts'
import { type LabTask, taskXml } from './task-xml.ts'

/** Who calls the service: a process of this host, or a network session from another (then without a process). */
export interface Caller {
  readonly session: Session
  readonly process: Process | null
  /** Whoever made that process call, where it acts for another (WMI). */
  readonly behind?: Process
  readonly route: Change['route']
}

export type Cause =
  | { readonly kind: 'time' | 'logon' | 'boot' | 'event' | 'idle' | 'registration' }
  /** Automatic maintenance: no trigger of the task's own, so no event of one. */
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'user'; readonly user: string }

const TREE = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree'

/** A task that is registered. */
interface Registered {
  readonly task: LabTask
  /** `{GUID}`: its key below TaskCache\\Tasks. */
  readonly id: string
  readonly registered: Instant
  /** The latest change to which runs belong; null for a task that was there before the logs began. */
  readonly change: Change | null
  lastRun: Instant | null
  lastResult: number
}

/** The Schedule service of a host: it writes the operational log, TaskCache and the task files, and starts the processes. */
export class TaskService {
  /** The process that the service lives in; another one after each boot. */
  process: Process
  readonly changes: Change[] = []
  readonly #host: Host
  readonly #tasks = new Map<string, Registered>()

  constructor(host: Host, process: Process) {
    this.#host = host
    this.process = process
  }

  /** A task that has been on the host since before the logs began; one that is there stays as it is. */
  inherit(task: LabTask): void {
    if (this.#tasks.has(task.path)) return
    this.#remember(task, null, later(this.#host.now, -40 * 86_400_000))
  }

  has(path: string): boolean {
    return this.#tasks.has(path)
  }

  /** Every task that is registered now, by path. */
  registered(): readonly Registered[] {
    return [...this.#tasks.values()].sort((a, b) => (a.task.path < b.task.path ? -1 : 1))
  }

  #remember(task: LabTask, change: Change | null, registered: Instant, id?: string): void {
    const known = this.#tasks.get(task.path)
    this.#tasks.set(task.path, {
      task,
      change,
      registered,
      id: id ?? known?.id ?? this.#host.random.guid().toUpperCase(),
      lastRun: known?.lastRun ?? null,
      lastResult: known?.lastResult ?? 0,
    })
  }

  register(task: LabTask, by: Caller): Change {
    const id = this.#tasks.get(task.path)?.id ?? this.#host.random.guid().toUpperCase()
    const change = this.#change('created', task, by)
    this.#treeKey('CreateKey', task.path)
    this.#treeValue(task.path, 'SD', 'Binary Data')
    this.#treeValue(task.path, 'Id', id)
    this.#treeValue(task.path, 'Index', `DWORD (0x0000000${indexOf(task)})`)
    this.#writeTaskFile(task)
    change.evidence.push(
      this.#log(scheduler.taskRegistered(this.#written(), task.path, this.#principal(task))),
      this.#log(security.taskCreated(this.#host.writtenByLsass(), this.#audited(task, by))),
    )
    this.#remember(task, change, this.#host.now, id)
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
    this.#remember(task, change, this.#host.now)
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

  /** A change that somebody asks for and that Windows refuses: only the command is seen. */
  refuse(kind: Change['kind'], task: string | null, action: string, by: Caller): Change {
    return this.#note({ ...this.#changeOf(kind, task, by), action })
  }

  /** Somebody changes what the task consists of without the service: `act` writes it, and the runs that follow are that change's. */
  tamper(path: string, by: Caller, act: () => CatalogueEvent[]): Change {
    const known = this.#registered(path)
    const change = this.#note({ ...this.#changeOf('tampered', path, by), action: actionOf(known.task) })
    change.evidence.push(...act())
    this.#tasks.set(path, { ...known, change })
    return change
  }

  /** A task that a tool writes into the registry itself: the service knows it from its next start on. */
  plant(task: LabTask, by: Caller & { readonly process: Process }): Change {
    const host = this.#host
    const id = host.random.guid().toUpperCase()
    const change = this.#note({ ...this.#changeOf('tampered', task.path, by), action: actionOf(task) })
    const write = (target: string, details: string) => change.evidence.push(host.setValue(by.process, target, details))
    change.evidence.push(host.changeRegistryObject(by.process, 'CreateKey', TREE + task.path))
    write(`${TREE}${task.path}\\SD`, 'Binary Data')
    write(`${TREE}${task.path}\\Id`, id)
    write(`${TREE}${task.path}\\Index`, 'DWORD (0x00000003)')
    for (const name of ['Actions', 'Triggers', 'DynamicInfo']) {
      host.setValue(by.process, `${TREE.replace(/Tree$/, 'Tasks')}\\${id}\\${name}`, 'Binary Data')
    }
    this.#remember(task, change, host.now, id)
    return change
  }

  /** A task that is there is made to run something else; its definition stays as it is. */
  hijack(path: string, by: Caller): Change {
    const known = this.#registered(path)
    const change = this.#note({ ...this.#changeOf('run-existing', path, by), action: null })
    this.#tasks.set(path, { ...known, change })
    return change
  }

  /** Switches a task off: 4701 and 142, of which the latter names the service's account. */
  disable(path: string, by: Caller): Change {
    const { task, change } = this.#registered(path)
    const off = { ...task, disabled: true }
    const switched = this.#change('disabled', task, by)
    switched.evidence.push(
      this.#log(scheduler.taskDisabled(this.#written(), path, 'System')),
      this.#log(security.taskDisabled(this.#host.writtenByLsass(), this.#audited(off, by))),
    )
    this.#remember(off, change, this.#host.now)
    return switched
  }

  /**
   * Starts a task in `session`; `finish` ends it when its process has done what it does. `hijack`: what windir was made to stand
   * for, and the program that really starts then.
   */
  run(
    path: string,
    cause: Cause,
    session: Session,
    hijack?: Hijack,
  ): { process: Process; finish: (status?: number) => void } {
    const host = this.#host
    const registered = this.#registered(path)
    const { task, change } = registered
    const { action } = task
    registered.lastRun = host.now
    const service = this.process
    const instance = host.random.guid()
    const context = session.user
    const shown = action.kind === 'exec' ? action.command : action.name
    if (cause.kind === 'logon') this.#log(scheduler.logonTriggered(this.#written(), path, context, instance))
    else if (cause.kind !== 'user' && cause.kind !== 'maintenance')
      this.#log(scheduler.triggered[cause.kind](this.#written(), path, instance))
    const [image, commandLine] = launched(task, host.localAppData(session), hijack)
    const process = host.start(this.process, image, commandLine, session, 'C:\\Windows\\system32\\')
    process.isOfRun = true
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
        if (this.process !== service) return // Windows was started anew meanwhile
        host.exit(process, status)
        registered.lastResult = status
        this.#log(scheduler.actionCompleted(this.#written(), path, { instance, action: shown }, status, process.pid))
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
    return this.#note({ ...this.#changeOf(kind, task.path, by), action: actionOf(task) })
  }

  #note(change: Change): Change {
    this.changes.push(change)
    return change
  }

  #changeOf(kind: Change['kind'], task: string | null, by: Caller): Change {
    return {
      kind,
      task,
      time: this.#host.now,
      route: by.route,
      user: `${by.session.domain}\\${by.session.name}`,
      process: by.behind ?? by.process,
      action: null,
      runs: [],
      evidence: [...(by.process && (by.route === 'schtasks' || by.route === 'at') ? by.process.evidence : [])],
      deletedAt: null,
    }
  }

  #audited(task: LabTask, by: Caller): security.TaskChange {
    return {
      subject: by.session,
      task: task.path,
      content: taskXml(task),
      version: this.#host.windows.taskAudit,
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

const actionOf = ({ action }: LabTask): string | null =>
  action.kind === 'exec' ? `${action.command} ${action.arguments}`.trim() : null

/** What Index in Tree says of a task: by when it starts. */
const indexOf = ({ triggers }: LabTask): number =>
  triggers.some(({ kind }) => kind === 'boot') ? 1 : triggers.some(({ kind }) => kind === 'logon') ? 2 : 3

interface Hijack {
  readonly windir: string
  readonly image: string
}

/** Image and command line of the process that the service starts: variables expanded, a path with spaces quoted. */
function launched({ action }: LabTask, localAppData: string, hijack?: Hijack): [image: string, commandLine: string] {
  if (action.kind === 'com-handler') return ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe']
  const expand = (text: string) =>
    text
      .replace(/%(windir|systemroot)%/gi, () => hijack?.windir ?? 'C:\\Windows')
      .replace(/%systemdrive%/gi, 'C:')
      .replace(/%localappdata%/gi, () => localAppData)
  const command = expand(action.command)
  const isQuoted = command.includes(' ') && !command.startsWith('"') && !hijack
  return [hijack?.image ?? action.image, `${isQuoted ? `"${command}"` : command} ${expand(action.arguments)}`.trim()]
}
