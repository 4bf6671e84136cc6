import type { Evidence, TiedBy } from '../../model/chain.ts'
import type { StartedBy } from '../../model/fact.ts'
import { itemAt } from '../../model/lists.ts'
import type { Instant } from '../../model/time.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { ProcessNode, RunDraft } from '../nodes.ts'
import type { CorrelateSettings } from '../settings.ts'
import { addRun, eraOf, placeAt, recentRuns, type TaskState } from '../tasks/task-state.ts'
import { addMember, newRun, rootOf } from './run-draft.ts'

/** The scheduler's word that it started a process, waiting for the process log to show it. */
export interface Launch {
  readonly task: TaskState
  readonly run: RunDraft
  readonly at: Instant
}

/**
 * A run that the scheduler's log speaks of without the id of its process, which a process log may show just before or after: so it
 * is before Windows 10, where 200 names the program alone and 129 is not written or not kept.
 */
export interface AwaitedRun {
  readonly task: TaskState
  readonly run: RunDraft
  readonly at: Instant
  /** What 200 calls the action; null where only the begin of the run was logged. */
  action: string | null
}

/** A process as the scheduler's log names it. */
export interface NamedProcess {
  readonly by: '129' | '200'
  readonly pid: number
  /** What the log calls the action. */
  readonly action: string
  readonly at: Instant
  readonly instance: string | null
  readonly evidence: Evidence
}

/** Groups what the scheduler's log and the process logs say into runs. */
export class RunBook {
  readonly #settings: CorrelateSettings
  /** By pid. */
  readonly #launches: Map<number, Launch>

  constructor(launches: Map<number, Launch>, settings: CorrelateSettings) {
    this.#launches = launches
    this.#settings = settings
  }

  /** TaskScheduler 129, and 200 for the process that it names; `node`: that process, where its start was seen before. */
  launched(task: TaskState, named: NamedProcess, node: ProcessNode | undefined): RunDraft {
    const { by, pid, action, at, instance, evidence } = named
    const isFresh = node !== undefined && Math.abs(node.start.time - at.time) <= this.#settings.launch
    const current = isFresh && node.run && eraOf(task).runs.includes(node.run) ? node.run : undefined
    const run =
      current ??
      this.#openRun(task, at, instance, (r) => rootOf(r) === undefined || rootOf(r)?.pid === pid) ??
      this.#begin(task, at)
    run.instance ??= instance
    addEvidence(run.evidence, evidence)
    let root = run.members.find((m) => m.depth === 0 && m.pid === pid)
    if (!root) {
      root = { node: null, pid, action, at, depth: 0, tiedBy: 'pid', named: new Set() }
      run.members.unshift(root)
    }
    root.named.add(by)
    root.tiedBy = 'pid'
    if (isFresh) this.adopt(run, node, 'pid')
    else this.#launches.set(pid, { task, run, at })
    return run
  }

  /** The scheduler had said that it would start this process: the run it belongs to. */
  launchOf(node: ProcessNode): { task: TaskState; run: RunDraft } | undefined {
    const launch = this.#launches.get(node.pid)
    if (!launch) return undefined
    this.#launches.delete(node.pid)
    return Math.abs(node.start.time - launch.at.time) <= this.#settings.launch ? launch : undefined
  }

  /** A process that the scheduler started for this task. */
  started(task: TaskState, node: ProcessNode, tiedBy: TiedBy): RunDraft {
    const run = this.#openRun(task, node.start, null, (r) => rootOf(r) === undefined) ?? this.#begin(task, node.start)
    addMember(run, node, 0, tiedBy)
    return run
  }

  triggered(task: TaskState, cause: StartedBy, at: Instant, instance: string | null, evidence: Evidence): RunDraft {
    // 110 comes after the run's other events and can carry another instance id than they do.
    const run =
      this.#openRun(task, at, instance, (r) => r.startedBy === 'unknown') ??
      (cause === 'user' ? this.#openRun(task, at, null, (r) => r.startedBy === 'unknown') : undefined) ??
      this.#begin(task, at)
    run.startedBy = cause
    run.instance ??= instance
    addEvidence(run.evidence, evidence)
    return run
  }

  /** The run that an event with this instance id speaks of. */
  named(task: TaskState, at: Instant, instance: string | null, evidence: Evidence): RunDraft {
    const run =
      this.#openRun(task, at, instance, (r) => r.instance === null || r.instance === instance) ?? this.#begin(task, at)
    run.instance ??= instance
    addEvidence(run.evidence, evidence)
    return run
  }

  /** The run that an event at its end speaks of, which may come long after its begin; undefined when no run is open. */
  ending(task: TaskState, instance: string | null, pid: number | null, evidence: Evidence): RunDraft | undefined {
    const recent = recentRuns(task)
    const open = recent.filter((r) => r.ended === null)
    const run =
      (instance !== null ? recent.findLast((r) => r.instance === instance) : undefined) ??
      (pid !== null ? open.findLast((r) => r.members.some((m) => m.depth === 0 && m.pid === pid)) : undefined) ??
      open.findLast((r) => r.instance === null || instance === null)
    if (run) addEvidence(run.evidence, evidence)
    return run
  }

  #begin(task: TaskState, at: Instant): RunDraft {
    const run = newRun(at, task.path)
    addRun(itemAt(task.eras, placeAt(task, at)), run)
    return run
  }

  #openRun(
    task: TaskState,
    at: Instant,
    instance: string | null,
    fits: (run: RunDraft) => boolean,
  ): RunDraft | undefined {
    return itemAt(task.eras, placeAt(task, at)).runs.findLast((run) => {
      if (instance !== null && run.instance === instance) return true
      if (Math.abs(at.time - run.start.time) > this.#settings.launch) return false
      return (instance === null || run.instance === null) && run.ended === null && fits(run)
    })
  }

  /** Puts a process, and all that it had started by then, into the run; whatever run it was thought to be is given up. */
  adopt(run: RunDraft, node: ProcessNode, tiedBy: TiedBy): void {
    const old = node.run
    addMember(run, node, 0, tiedBy)
    if (!old || old === run) return
    for (const member of old.members) {
      if (member.node && member.node !== node) addMember(run, member.node, member.depth, member.tiedBy)
    }
    old.members.length = 0
  }
}
