import type { Instant } from '../../model/time.ts'
import { later } from '../host/clock.ts'
import type { Host, Process, Session } from '../host/host.ts'
import type { Caller, Cause } from '../host/task-service.ts'
import { Random } from '../random.ts'
import type { HostPlan, Noise } from './host-plan.ts'
import type { Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

/** What a story of ordinary life needs to know besides its stage. */
export interface Life {
  readonly plan: HostPlan
  readonly noise: Noise
  readonly random: Random
  /** Midnight, local time, of the days to plan: some weeks of the period. A story is asked again for the next ones. */
  readonly days: readonly Instant[]
  readonly end: Instant
}

/** A story of ordinary life: it plans what happens on its stage on these days. */
export type Story = (stage: Stage, life: Life) => void

export const isWorkday = (midnight: Instant): boolean =>
  ![0, 6].includes(new Date(midnight.time + 12 * HOUR).getUTCDay())

/** A GUID that the host has for as long as it lives. */
export const ownGuid = ({ plan }: Life): string => new Random(plan.seed).guid().toUpperCase()

/** At an hour of each day, give or take some minutes. */
export function daily(stage: Stage, life: Life, hour: number, jitterMinutes: number, act: () => void): void {
  for (const day of life.days) {
    stage.agenda.plan(later(day, hour * HOUR + life.random.between(0, jitterMinutes * 60_000)), act)
  }
}

/** Again and again, from the first day's midnight on. */
export function every(stage: Stage, life: Life, hours: number, act: () => void): void {
  const first = life.days[0]
  if (!first) return
  const offset = life.random.between(0, hours * HOUR)
  for (let at = offset; at < life.days.length * DAY; at += hours * HOUR) stage.agenda.plan(later(first, at), act)
}

/** Once in these days, at some hour of work. */
export function once(stage: Stage, life: Life, act: () => void): void {
  const day = life.days[life.random.whole(0, life.days.length - 1)]
  if (day) stage.agenda.plan(later(day, life.random.between(9.5, 16) * HOUR), act)
}

/** What a task's program does: where, for how long, and what else. */
export interface ProgramOfTask {
  readonly session: Session
  readonly milliseconds: number
  readonly during?: (process: Process) => void
}

/** Runs a task that is registered. */
export function runTask(
  stage: Stage,
  path: string,
  cause: Cause,
  { session, milliseconds, during }: ProgramOfTask,
): void {
  if (!stage.tasks.has(path)) return
  const { process, finish } = stage.tasks.run(path, cause, session)
  during?.(process)
  stage.agenda.plan(later(stage.host.now, milliseconds), () => finish())
}

export const asSystem = (host: Host, process: Process, route: Caller['route'] = 'com'): Caller => ({
  session: host.system,
  process,
  route,
})

/** A program that runs for a while in its parent's session. */
export function runFor(
  stage: Stage,
  parent: Process,
  image: string,
  commandLine: string,
  milliseconds: number,
): Process {
  const process = stage.host.start(parent, image, commandLine)
  stage.agenda.plan(later(stage.host.now, milliseconds), () => stage.host.exit(process))
  return process
}
