import { isOutside } from '../model/address.ts'
import type { ClearedLog, Evidence, TaskChain } from '../model/chain.ts'
import { imageName } from '../model/command-line.ts'
import type { Fact, ModuleLoaded, NetworkConnected, PolicyApplied } from '../model/fact.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { isLongText } from '../model/long-text.ts'
import { momentOf } from '../model/time.ts'
import { newChange } from './changes/change-draft.ts'
import { addClue } from './changes/clue.ts'
import { commandFailed, scriptRan } from './changes/commands.ts'
import { taskChanged } from './changes/task-changed.ts'
import { fileCreated, taskCacheChanged } from './changes/traces-on-disk.ts'
import { addEvidence, FactEvidence } from './fact-evidence.ts'
import { noteClock } from './memory/host-clock.ts'
import { givenUp, type HostMemory, newHostMemory } from './memory/host-memory.ts'
import { HostState, note } from './memory/host-state.ts'
import { noteFile } from './memory/known-files.ts'
import { type Released, release } from './memory/release.ts'
import { type HostSnapshot, memoryOf, snapshotOf } from './memory/snapshot.ts'
import type { ProcessNode } from './nodes.ts'
import { processStarted } from './processes/process-facts.ts'
import { runFact } from './runs/run-facts.ts'
import { type CorrelateSettings, defaultSettings } from './settings.ts'
import { chainsOf } from './story/chain-builder.ts'
import { clearedLogsOf, noteClass, noteCleared, noteEnvironment, noteTimestamp } from './story/circumstances.ts'
import { isLibrary, noteLibrary, noteUnsigned } from './story/planted-modules.ts'
import { ActionsAtHand, type KeptActions } from './tasks/kept-actions.ts'
import { loggedTasks } from './tasks/logged-tasks.ts'

/** What came of restoring a machine. */
export type RestoredMachine =
  | { readonly kind: 'machine'; readonly machine: HostMachine }
  | { readonly kind: 'problem'; readonly reason: string }

/** A host's facts in time order in, its chains out. One host's machine knows nothing of another's. */
export class HostMachine {
  readonly #state: HostState

  /** `host`: its name, or what was remembered of it. `kept`: what its artifacts say that its tasks start. */
  constructor(
    host: string | HostMemory,
    settings: CorrelateSettings = defaultSettings,
    kept: readonly KeptActions[] = [],
  ) {
    const memory = typeof host === 'string' ? newHostMemory(host) : host
    this.#state = new HostState(memory, settings, new ActionsAtHand(kept))
  }

  /** Goes on where a snapshot was made; a reason where there is nothing to go on from. */
  static restore(snapshot: HostSnapshot, settings?: CorrelateSettings): RestoredMachine {
    const restored = memoryOf(snapshot)
    return restored.kind === 'problem'
      ? restored
      : { kind: 'machine', machine: new HostMachine(restored.memory, settings) }
  }

  /** The whole state as plain values. It can be made after any fact, and changes nothing. */
  snapshot(): HostSnapshot {
    return snapshotOf(this.#state.memory)
  }

  /**
   * Takes up one fact; facts come in total order. `alsoIn`: further inputs that hold the same record. `isLate`: it is out of
   * that order. It is used as far as what it belongs to is still there. Gives whether a process that began is in the story of a task.
   */
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: a case for each kind of fact, which the compiler counts
  add(fact: Fact, alsoIn: readonly number[] = [], isLate = false): boolean {
    const host = this.#state
    // Half of all facts are processes that end; they are nobody's evidence.
    if (fact.kind === 'process-ended') {
      const node = host.processes.end(fact)
      if (node?.command && fact.exitCode) commandFailed(host, node, new FactEvidence(fact, alsoIn, isLate))
      return false
    }
    if (hasLongText(fact)) host.memory.cutTexts++
    const evidence = new FactEvidence(fact, alsoIn, isLate)
    switch (fact.kind) {
      case 'process-started':
        return processStarted(host, fact, evidence)
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
        noteCleared(host.memory, fact, evidence)
        break
      case 'file-created':
        if (isLibrary(fact)) noteLibrary(host.memory, { fact, evidence, node: doerOf(host, fact) })
        else fileCreated(host, fact, evidence)
        break
      case 'file-identified':
        noteFile(host.memory.files, fact, evidence)
        break
      case 'file-time-changed':
        noteTimestamp(host.memory, { fact, evidence, node: doerOf(host, fact) })
        break
      case 'registry-changed':
        if (fact.area === 'environment') noteEnvironment(host.memory, { fact, evidence, node: doerOf(host, fact) })
        else if (fact.area === 'class') noteClass(host.memory, { fact, evidence, node: doerOf(host, fact) })
        else taskCacheChanged(host, fact, evidence)
        break
      case 'script-ran':
        scriptRan(host, fact, evidence)
        break
      case 'module-loaded':
        if (fact.file?.signature === 'unsigned') noteUnsigned(doerOf(host, fact), fact, evidence)
        if (imageName(fact.module) === 'taskschd.dll') this.#taskClientLoaded(fact, evidence)
        break
      case 'network-connected':
        this.#connected(fact, evidence)
        break
      case 'pipe-used':
        // The System process holds the server's end of a pipe that another host opens.
        if (imageName(fact.image ?? '') === 'system') note(host, 'pipeUses', { fact, evidence, node: null }, fact.time)
        break
      case 'clock-changed':
        // What it says has been used where facts are put in order.
        break
      case 'telemetry-switched':
        // It says what can be seen, not what was done.
        break
      case 'policy-applied':
        policyApplied(host, fact, evidence)
        break
      default:
        fact satisfies never
    }
    return false
  }

  /** From this time of the facts on they bear so much more than the host's own clock shows, in milliseconds. */
  setClock(since: number, offset: number): void {
    noteClock(this.#state.memory, since, offset)
  }

  /** The fuller name by which the host is shown from now on; nothing else hangs on it. */
  rename(host: string): void {
    this.#state.memory.host = host
  }

  /** What the state amounts to at this moment. It changes nothing, and can be asked for again and again. */
  chains(): TaskChain[] {
    return chainsOf(this.#state.memory, this.#state.settings)
  }

  /** The logs that were cleared, so far. */
  clearedLogs(): ClearedLog[] {
    return clearedLogsOf(this.#state.memory)
  }

  /** Every task that the facts so far speak of, but for those that were released. */
  tasks(): LoggedTask[] {
    return loggedTasks(this.#state.memory, this.#state.settings)
  }

  /**
   * Gives out the chains and tasks that are over at this time, and forgets them: nothing that is yet to come can change them,
   * provided that no earlier fact comes. How often it is called shows in no result, only in the memory that is needed.
   */
  release(time: number): Released {
    return release(this.#state, time)
  }

  /** What was given up because this host had more of it than is kept: one sentence each. */
  givenUp(): string[] {
    return givenUp(this.#state.memory)
  }

  #taskClientLoaded(fact: ModuleLoaded, evidence: Evidence): void {
    const node = doerOf(this.#state, fact)
    if (node) {
      node.taskClient = evidence
      this.#state.clients.note(node)
    }
    note(this.#state, 'taskClients', { fact, evidence, node }, fact.time)
  }

  /** A client of the Task Scheduler that then talks to another host's endpoint mapper may be managing tasks there. */
  #connected(fact: NetworkConnected, evidence: Evidence): void {
    noteOutside(doerOf(this.#state, fact), fact, evidence)
    const { settings } = this.#state
    const { taskClients, loose } = this.#state.memory
    if (!fact.initiated || fact.destinationPort !== 135) return
    const loaded = taskClients.findLast((c) => c.fact.pid === fact.pid && c.fact.guid === fact.guid)
    if (!loaded || fact.time - loaded.fact.time > settings.clientToConnection) return
    const change = newChange({ kind: 'created', witness: 'command', by: 'client', at: momentOf(fact), evidence }, true)
    const node = doerOf(this.#state, fact)
    const target = fact.destinationHost
      ? `${fact.destinationHost} (${fact.destinationAddress})`
      : fact.destinationAddress
    const { pid, image, user } = fact
    addClue(change, { kind: 'remote-client', node, pid, image, user, target, evidence: [loaded.evidence] })
    loose.push(change)
  }
}

/** Whether one of its texts was longer than Windows allows; a whole script is joined from several. */
function hasLongText(fact: Fact): boolean {
  if (fact.kind === 'script-ran') return false
  let names = textsOf.get(fact.kind)
  if (names === undefined) {
    names = (Object.keys(fact) as (keyof Fact)[]).filter((name) => typeof fact[name] !== 'number')
    textsOf.set(fact.kind, names)
  }
  for (const name of names) {
    const value: unknown = fact[name]
    if (typeof value === 'string' && isLongText(value)) return true
  }
  return false
}

/** The fields of each kind that may hold a text, all of which every fact of the kind has: to list them for each fact costs more. */
const textsOf = new Map<Fact['kind'], readonly (keyof Fact)[]>()

function policyApplied(host: HostState, fact: PolicyApplied, evidence: Evidence): void {
  const { memory, processes } = host
  const at = momentOf(fact)
  const open = memory.policies.findLast(({ pid, ended }) => pid === fact.pid && ended === null)
  if (open) open.ended = at
  if (fact.phase === 'ended') return
  const node = processes.find(fact.pid, null, fact.time) ?? null
  note(host, 'policies', { begun: at, ended: null, pid: fact.pid, userSid: fact.userSid, node, evidence }, fact.time)
}

/** The first connection of a process to another network. */
function noteOutside(node: ProcessNode | null, fact: NetworkConnected, evidence: Evidence): void {
  if (!node || node.outside !== null || !fact.initiated || !isOutside(fact.destinationAddress)) return
  const { destinationAddress: address, destinationPort: port, destinationHost: host } = fact
  node.outside = { connection: { address, port, host }, evidence }
  if (node.run) addEvidence(node.run.evidence, evidence)
}

/** The process that did what a record of Sysmon shows, where it is known. */
const doerOf = (
  { processes }: HostState,
  { pid, guid, time }: { readonly pid: number; readonly guid: string | null; readonly time: number },
) => processes.find(pid, guid, time) ?? null
