import { imageName } from '../../model/command-line.ts'
import type { ProcessNode } from '../nodes.ts'

/**
 * What a parent process is to the Task Scheduler.
 * `dedicated`: the Schedule service alone in its svchost; `engine`: taskeng.exe, which hosts nothing else;
 * `shared`: the service together with others, so that a child may be theirs; `possible`: a svchost of which nothing is known.
 */
export type SchedulerRole = 'dedicated' | 'engine' | 'shared' | 'possible'

/** `svchost.exe … -s Schedule`, the form from Windows 10 1703 on. */
const runsScheduleAlone = (commandLine: string | null): boolean =>
  commandLine !== null && /\s-s\s+schedule\s*$/i.test(commandLine)
/** `svchost.exe -k netsvcs` without `-s`: the group that Schedule belongs to, all in one process. */
const runsNetsvcs = (commandLine: string | null): boolean =>
  commandLine !== null && /\s-k\s+netsvcs\b/i.test(commandLine) && !/\s-s\s/i.test(commandLine)
const serviceManager = 'c:\\windows\\system32\\services.exe'
/** Asked of every process and its parent: the length alone tells nearly all of them apart. */
const isServiceManager = (image: string): boolean =>
  image.length === serviceManager.length && image.toLowerCase() === serviceManager

/** Any other svchost group or service: not ours. */
const runsSomethingElse = (commandLine: string | null): boolean =>
  commandLine !== null && /\s-[ks]\s/i.test(commandLine) && !runsNetsvcs(commandLine) && !runsScheduleAlone(commandLine)

/** The pid that the service's own events carry in their header, or that a command line or a matching child showed. */
export interface SchedulerProcess {
  pid: number | null
  /** The svchost that last started the program of a task, and that task, where nothing else shows which one is the scheduler's. */
  suspect: { readonly pid: number; readonly task: string } | null
  /** The service manager, which starts all services and is another process after each start of Windows. */
  manager: number | null
}

/** Learns which process is the Schedule service. One pid per boot; a later certain word replaces an earlier one. */
export class ScheduleService {
  readonly #memory: SchedulerProcess

  constructor(memory: SchedulerProcess) {
    this.#memory = memory
  }

  get pid(): number | null {
    return this.#memory.pid
  }

  /** The service itself wrote an event, its registry or a task's file; or it started a process that is a registered action. */
  learn(pid: number): void {
    if (pid > 0) this.#memory.pid = pid
  }

  /** This svchost started the program of a task. That it did so of two of them shows that it is the scheduler's. */
  suspect(pid: number, task: string): boolean {
    const before = this.#memory.suspect
    this.#memory.suspect = { pid, task }
    return before !== null && before.pid === pid && before.task !== task
  }

  /** A process began: it, or its parent, may show that Windows was started anew. Every service has another process then. */
  begun({ pid, image, parentPid, parentImage }: ProcessNode): void {
    const isManager = isServiceManager(image) && imageName(parentImage ?? 'wininit.exe') === 'wininit.exe'
    const manager = isManager ? pid : parentImage !== null && isServiceManager(parentImage) ? parentPid : null
    const known = this.#memory.manager
    if (manager === null || manager === 0 || (manager === known && !isManager)) return
    this.#memory.manager = manager
    if (known === null && !isManager) return
    this.#memory.pid = null
    this.#memory.suspect = null
  }

  roleOfParent(child: ProcessNode): SchedulerRole | null {
    if (child.parentImage === null) return child.parentPid === this.pid ? 'shared' : null
    const name = imageName(child.parentImage)
    if (name === 'taskeng.exe') return 'engine'
    if (name !== 'svchost.exe') return null
    if (runsScheduleAlone(child.parentCommandLine)) {
      this.learn(child.parentPid)
      return 'dedicated'
    }
    if (runsSomethingElse(child.parentCommandLine)) return null
    if (child.parentPid === this.pid) return 'shared'
    // With the service's pid known, another svchost is not it.
    return this.pid === null || runsNetsvcs(child.parentCommandLine) ? 'possible' : null
  }

  /**
   * Whether this writer of a task's file or registry values is the service, as far as is known. Another svchost (remote registry,
   * say) gives itself away by its command line only: the service's pid changes with every boot, and collectors lose pids.
   */
  isService(writer: { readonly image: string | null; readonly commandLine: string | null }): boolean {
    const { image, commandLine } = writer
    if (image === null || imageName(image) !== 'svchost.exe') return false
    return /^(?:[a-z]:)?\\windows\\system32\\/i.test(image) && !runsSomethingElse(commandLine)
  }
}
