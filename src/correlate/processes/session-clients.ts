import { imageName } from '../../model/command-line.ts'
import { compareInstants } from '../../model/time.ts'
import { isServiceAccount, sidOfSession } from '../../model/windows/accounts.ts'
import type { ProcessNode } from '../nodes.ts'
import { limits } from '../settings.ts'
import type { ProcessTable } from './process-table.ts'

/** Programs that talk to the Task Scheduler for whoever starts them. */
const schedulerClients = new Set([
  'schtasks.exe',
  'at.exe',
  'powershell.exe',
  'pwsh.exe',
  'powershell_ise.exe',
  'mmc.exe',
  'wmiprvse.exe',
])

/** The sessions of SYSTEM, LOCAL SERVICE and NETWORK SERVICE are shared by everything that runs as them. */
export function isSharedSession(logonId: string): boolean {
  const sid = sidOfSession(logonId)
  return sid !== null && isServiceAccount(sid)
}

/** Processes of one session, by start. */
interface Clients {
  /** Those that loaded taskschd.dll. */
  talking: ProcessNode[]
  /** Those whose program does nothing else, or may well do it. */
  tools: ProcessNode[]
}

/**
 * Which processes of a logon session could have been a client of the Task Scheduler, so that not all processes of the host need
 * be looked at for each change. Made anew from the processes wherever the memory comes from.
 */
export class SessionClients {
  readonly #processes: ProcessTable
  readonly #bySession = new Map<string, Clients>()

  constructor(processes: ProcessTable) {
    this.#processes = processes
    for (const node of processes.all()) this.note(node)
  }

  /** A process began, or more of it is known. */
  note(node: ProcessNode): void {
    const { logonId } = node
    if (logonId === null || isSharedSession(logonId)) return
    const isTool = schedulerClients.has(imageName(node.image))
    if (!isTool && node.taskClient === null) return
    let clients = this.#bySession.get(logonId)
    if (!clients) {
      if (this.#bySession.size >= limits.clientSessions) this.#forgetEmpty()
      clients = { talking: [], tools: [] }
      this.#bySession.set(logonId, clients)
    }
    if (node.taskClient !== null) this.#insert(clients.talking, node)
    else this.#insert(clients.tools, node)
  }

  /** The one that talks to the scheduler, else one that may; of several the youngest. */
  best(logonId: string): ProcessNode | null {
    const clients = this.#bySession.get(logonId)
    return clients ? (this.#youngest(clients.talking) ?? this.#youngest(clients.tools)) : null
  }

  #insert(list: ProcessNode[], node: ProcessNode): void {
    let at = list.length
    while (at > 0 && byStart(list[at - 1] as ProcessNode, node) > 0) at--
    if (list[at - 1] === node) return
    list.splice(at, 0, node)
    if (list.length < limits.clientsOfSession) return
    const running = list.filter((one) => this.#runs(one))
    list.length = 0
    for (const one of running.slice(-limits.clientsOfSession / 2)) list.push(one)
  }

  #youngest(list: ProcessNode[]): ProcessNode | null {
    for (let last = list.at(-1); last; last = list.at(-1)) {
      if (this.#runs(last)) return last
      list.pop()
    }
    return null
  }

  #runs(node: ProcessNode): boolean {
    return node.ended === null && this.#processes.holdsPid(node)
  }

  #forgetEmpty(): void {
    for (const [logonId, { talking, tools }] of this.#bySession)
      if (this.#youngest(talking) === null && this.#youngest(tools) === null) this.#bySession.delete(logonId)
    // All of them run: the oldest half goes.
    let spare = this.#bySession.size - limits.clientSessions / 2
    for (const logonId of this.#bySession.keys()) {
      if (spare-- <= 0) break
      this.#bySession.delete(logonId)
    }
  }
}

const byStart = (a: ProcessNode, b: ProcessNode): number => compareInstants(a.start, b.start) || a.pid - b.pid
