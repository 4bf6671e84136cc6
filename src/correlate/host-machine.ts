import type { Chain, Evidence } from '../model/chain.ts'
import type { Fact, ModuleLoaded, NetworkConnected } from '../model/fact.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { chainsOf } from './chain-builder.ts'
import { newChange } from './change-draft.ts'
import { fileCreated, scriptRan, taskCacheChanged, taskChanged } from './change-facts.ts'
import { FactEvidence } from './fact-evidence.ts'
import { HostState, note } from './host-state.ts'
import { loggedTasks } from './logged-tasks.ts'
import { processStarted } from './process-facts.ts'
import { runFact } from './run-facts.ts'
import { type CorrelateSettings, defaultSettings } from './settings.ts'

/** A host's facts in time order in, its chains out. One host's machine knows nothing of another's. */
export class HostMachine {
  readonly #state: HostState

  constructor(host: string, settings: CorrelateSettings = defaultSettings) {
    this.#state = new HostState(host, settings)
  }

  /** Takes up one fact; facts come in total order. `alsoIn`: further inputs that hold the same record. */
  add(fact: Fact, alsoIn: readonly number[] = []): void {
    const host = this.#state
    // Half of all facts are processes that end; they are nobody's evidence.
    if (fact.kind === 'process-ended') {
      host.processes.end(fact)
      return
    }
    const evidence = new FactEvidence(fact, alsoIn)
    switch (fact.kind) {
      case 'process-started':
        processStarted(host, fact, evidence)
        break
      case 'task-registered':
      case 'task-updated':
      case 'task-deleted':
      case 'task-enabled':
      case 'task-disabled':
        taskChanged(host, fact, evidence)
        break
      case 'task-process-created':
      case 'task-action-started':
      case 'task-triggered':
      case 'task-run-started':
      case 'task-action-completed':
      case 'task-run-ended':
        runFact(host, fact, evidence)
        break
      case 'logged-on':
        host.sessions.loggedOn(fact, evidence)
        break
      case 'share-accessed':
        host.sessions.shareAccessed(fact, evidence)
        break
      case 'log-cleared':
        note(host.clearedLogs, { fact, evidence })
        break
      case 'file-created':
        fileCreated(host, fact, evidence)
        break
      case 'file-time-changed':
        note(host.timestamps, { fact, evidence })
        break
      case 'registry-changed':
        if (fact.area === 'environment') note(host.environment, { fact, evidence })
        else if (fact.area === 'class') note(host.classes, { fact, evidence })
        else taskCacheChanged(host, fact, evidence)
        break
      case 'script-ran':
        scriptRan(host, fact, evidence)
        break
      case 'module-loaded':
        this.#taskClientLoaded(fact, evidence)
        break
      case 'network-connected':
        this.#connected(fact, evidence)
        break
      case 'pipe-used':
        note(host.pipeUses, { fact, evidence })
        break
      default:
        fact satisfies never
    }
  }

  finish(): Chain[] {
    return chainsOf(this.#state)
  }

  /** Every task that the facts so far speak of. */
  tasks(): LoggedTask[] {
    return loggedTasks(this.#state)
  }

  #taskClientLoaded(fact: ModuleLoaded, evidence: Evidence): void {
    const node = this.#state.processes.find(fact.pid, fact.guid)
    if (node) node.taskClient = evidence
    note(this.#state.taskClients, { fact, evidence })
  }

  /** A client of the Task Scheduler that then talks to another host's endpoint mapper may be managing tasks there. */
  #connected(fact: NetworkConnected, evidence: Evidence): void {
    const { taskClients, settings, loose } = this.#state
    if (!fact.initiated || fact.destinationPort !== 135) return
    const loaded = taskClients.findLast((c) => c.fact.pid === fact.pid && c.fact.guid === fact.guid)
    if (!loaded || fact.time - loaded.fact.time > settings.clientToConnection) return
    const change = newChange(
      { kind: 'created', witness: 'command', by: 'client', at: { time: fact.time, ticks: fact.ticks }, evidence },
      true,
    )
    change.evidence.unshift(loaded.evidence)
    const node = this.#state.processes.find(fact.pid, fact.guid) ?? null
    const target = fact.destinationHost
      ? `${fact.destinationHost} (${fact.destinationAddress})`
      : fact.destinationAddress
    change.remoteClient = { node, pid: fact.pid, image: fact.image, user: fact.user, target }
    loose.push(change)
  }
}
