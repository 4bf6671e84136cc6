import type { TaskChain } from '../../model/chain.ts'
import { append, refill } from '../../model/lists.ts'
import type { LoggedTask } from '../../model/logged-task.ts'
import { taskKey } from '../../model/task-path.ts'
import { type AtJobs, claimedAtJobs } from '../changes/at-jobs.ts'
import { addClue, clueOf } from '../changes/clue.ts'
import { settleStrays } from '../runs/strays.ts'
import { limits } from '../settings.ts'
import { chainOfLater, chainOfLoose, chainsOfEra } from '../story/chain-builder.ts'
import { compareChains } from '../story/identity.ts'
import { isFolder } from '../tasks/folders.ts'
import { isGone, isRunOver } from '../tasks/gone.ts'
import { keepPast, loggedTask } from '../tasks/logged-tasks.ts'
import { eraOf, settleOver, type TaskState } from '../tasks/task-state.ts'
import { taskWithShownTimes, withShownTimes } from './host-clock.ts'
import type { HostState } from './host-state.ts'

/** What a host's machine lets go of because no later fact can change it. */
export interface Released {
  readonly chains: TaskChain[]
  /** Tasks that are gone. A later one of the same path is another task. */
  readonly tasks: LoggedTask[]
}

/** Takes out of the state what is over at this time, given that no earlier fact is to come. */
export function release(host: HostState, time: number): Released {
  const { memory, settings } = host
  const horizon = time - limits.settled
  const released: Released = { chains: [], tasks: [] }
  const atJobs = settleAtJobs(host, horizon)
  const loose = memory.loose.splice(0)
  for (const change of loose) {
    if (change.at.time >= horizon) memory.loose.push(change)
    else released.chains.push(chainOfLoose(memory, change))
  }
  for (const [node] of memory.looseOf) if (node.start.time < horizon) memory.looseOf.delete(node)
  for (const [pid, { at }] of memory.launches) if (at.time < time - settings.launch) memory.launches.delete(pid)
  keepSince(memory.taskClients, horizon, ({ fact }) => fact.time)
  keepSince(memory.pipeUses, horizon, ({ fact }) => fact.time)
  keepSince(memory.policies, horizon, ({ begun }) => begun.time)
  keepSince(memory.awaited, horizon, (one) => one.at.time)
  keepSince(memory.processes.latest, horizon, (node) => node.start.time)
  keepSince(memory.children, horizon, (node) => node.start.time)
  keepSince(memory.made, horizon, (made) => made.time)
  keepSince(memory.requested, horizon, ({ request }) => request?.at.time ?? 0)
  for (const task of memory.gone.splice(0)) giveOut(host, taskKey(task.path), task, atJobs, released)
  for (const [key, task] of memory.tasks) {
    if (isGone(task, host.processes, horizon)) letGo(host, key, task, atJobs, released)
    else {
      releaseEras(host, [key, task], horizon, atJobs, released)
      releaseLaterChanges(host, task, horizon, atJobs, released)
      for (const era of task.eras) settleOver(era, (run) => isRunOver(run, host.processes, horizon))
    }
  }
  settleStrays(memory, horizon)
  for (const era of memory.strayPrograms.values()) settleOver(era, (run) => isRunOver(run, host.processes, horizon))
  giveUpTasks(host, atJobs, released)
  return {
    chains: released.chains.map((chain) => withShownTimes(memory, chain)).sort(compareChains),
    tasks: released.tasks.map((task) => taskWithShownTimes(memory, task)),
  }
}

/** What is looked for within minutes alone needs no place afterwards. */
function keepSince<T>(list: T[], horizon: number, timeOf: (one: T) => number): void {
  const kept = list.filter((one) => timeOf(one) >= horizon)
  if (kept.length < list.length) refill(list, kept)
}

/** A job of at.exe keeps the command that asked for it when the command is forgotten. */
function settleAtJobs({ memory, settings }: HostState, horizon: number): AtJobs {
  const atJobs = claimedAtJobs(memory, settings)
  for (const [job, claimed] of atJobs.jobs) {
    if (claimed.at.time >= horizon) continue
    const asking = clueOf(claimed, 'command')
    if (asking) addClue(job, asking)
    refill(job.evidence, claimed.evidence)
  }
  const open = memory.loose.filter((change) => !(change.at.time < horizon && atJobs.commands.has(change)))
  refill(memory.loose, open)
  return atJobs
}

/** All eras but the last two, from the first one on, as far as their runs are over. */
function releaseEras(
  host: HostState,
  [key, task]: readonly [string, TaskState],
  horizon: number,
  atJobs: AtJobs,
  { chains }: Released,
): void {
  let end = 0
  for (const { change, laterChanges, runs } of task.eras.slice(0, -2)) {
    const isOver =
      (change === null || change.at.time < horizon) &&
      laterChanges.every(({ at }) => at.time < horizon) &&
      runs.every((run) => isRunOver(run, host.processes, horizon))
    if (!isOver) break
    end++
  }
  if (end === 0) return
  if (!isFolder(host.memory, key, task)) {
    for (let place = 0; place < end; place++) append(chains, chainsOfEra(host.memory, task, place, atJobs))
  }
  keepPast(task, task.eras.slice(0, end))
  task.eras.splice(0, end)
}

/** Of a task that is switched on and off without end, only the newest switches are kept with it. */
function releaseLaterChanges(
  { memory }: HostState,
  task: TaskState,
  horizon: number,
  atJobs: AtJobs,
  { chains }: Released,
): void {
  const era = eraOf(task)
  const spare = era.laterChanges.slice(0, -limits.laterChanges)
  if (spare.length === 0 || spare.some(({ at }) => at.time >= horizon)) return
  for (const change of spare) chains.push(chainOfLater(memory, task, era, change, atJobs))
  era.laterChanges.splice(0, spare.length)
  era.releasedChanges += spare.length
}

function letGo(host: HostState, key: string, task: TaskState, atJobs: AtJobs, released: Released): void {
  giveOut(host, key, task, atJobs, released)
  host.forget(key, task)
}

function giveOut({ memory }: HostState, key: string, task: TaskState, atJobs: AtJobs, { chains, tasks }: Released) {
  if (isFolder(memory, key, task)) return
  for (const place of task.eras.keys()) append(chains, chainsOfEra(memory, task, place, atJobs))
  tasks.push(loggedTask(task, atJobs))
}

/** More tasks than any host has: those that were not heard of for longest are let go, and counted. */
function giveUpTasks(host: HostState, atJobs: AtJobs, released: Released): void {
  const { memory } = host
  if (memory.tasks.size <= limits.tasks) return
  const oldest = [...memory.tasks].sort(
    ([a, one], [b, another]) => one.lastSeen.time - another.lastSeen.time || (a < b ? -1 : 1),
  )
  for (const [key, task] of oldest.slice(0, memory.tasks.size - (limits.tasks * 3) / 4)) {
    letGo(host, key, task, atJobs, released)
    memory.tasksGivenUp++
  }
}
