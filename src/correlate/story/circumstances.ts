import type { Actor, Circumstance, ClearedLog, Evidence } from '../../model/chain.ts'
import type { FileTimeChanged, LogCleared, RegistryChanged } from '../../model/fact.ts'
import { hostKey } from '../../model/host.ts'
import { taskKey } from '../../model/task-path.ts'
import { compareInstants, momentOf } from '../../model/time.ts'
import { machineVariables } from '../../model/windows/folders.ts'
import { inboxClasses, isInboxClass } from '../../model/windows/inbox/index.ts'
import { addEvidence, plain } from '../fact-evidence.ts'
import { logWithShownTimes, shownTime } from '../memory/host-clock.ts'
import type { Clearing, HostMemory, Noted } from '../memory/host-memory.ts'
import { type Kept, keep } from '../memory/kept.ts'
import type { ActorSource } from '../nodes.ts'
import { actorOf, nobody, recordsOf } from '../processes/actor.ts'
import { limits } from '../settings.ts'
import { isLedBy, setBefore } from '../tasks/led-astray.ts'
import { caseId, compareChains } from './identity.ts'
import { plantedModules } from './planted-modules.ts'
import type { Found, Story } from './story.ts'

interface NotedCircumstance {
  readonly circumstance: Circumstance
  readonly evidence: readonly Evidence[]
}

/** Logs that tell of tasks: that one of them was cleared says more than that of any other. */
const ownLogs = new Set([
  'security',
  'system',
  'microsoft-windows-taskscheduler/operational',
  'microsoft-windows-sysmon/operational',
  'microsoft-windows-powershell/operational',
  'windows powershell',
])

/** A log was cleared: another one, or the same again. */
export function noteCleared({ clearedLogs }: HostMemory, fact: LogCleared, evidence: Evidence): void {
  const again = clearedLogs.items.findLast(
    ({ fact: { log, user, userSid }, last }) =>
      log === fact.log &&
      userSid === fact.userSid &&
      user === fact.user &&
      fact.time - last.time <= limits.clearedAgain,
  )
  if (again) {
    again.count++
    again.last = momentOf(fact)
    addEvidence(again.evidence, evidence)
    return
  }
  keep(
    clearedLogs,
    { fact, count: 1, last: momentOf(fact), evidence: [evidence] },
    {
      most: limits.circumstances,
      kindOf: (one) => one.fact.log.toLowerCase(),
      isTelling: (one) => ownLogs.has(one.fact.log.toLowerCase()),
    },
  )
}

/** A user's environment was changed. Only what leads Windows' own tasks astray is ever held against a run. */
export function noteEnvironment({ environment }: HostMemory, noted: Noted<RegistryChanged>): void {
  if (noted.fact.value === null || !machineVariables.has(noted.fact.value)) return
  keep(environment, noted, {
    most: limits.circumstances,
    kindOf: ({ fact }) => `${fact.target} ${fact.details}`.toLowerCase(),
    isTelling: () => false,
  })
}

/** A user registered a class of their own; one that names no server leads nowhere. */
export function noteClass({ classes }: HostMemory, noted: Noted<RegistryChanged>): void {
  if (noted.fact.value === null || !noted.fact.details?.trim()) return
  keep(classes, noted, {
    most: limits.circumstances,
    kindOf: ({ fact }) => fact.value ?? '',
    isTelling: ({ fact }) => fact.value !== null && isInboxClass(fact.value),
  })
}

/** A file's creation time was set: of a task's own file it tells more than of any other. */
export function noteTimestamp({ timestamps }: HostMemory, noted: Noted<FileTimeChanged>): void {
  keep(timestamps, noted, {
    most: limits.circumstances,
    kindOf: ({ fact }) => (isTaskFile(fact.path) ? fact.path.toLowerCase() : `${fact.pid} ${fact.image}`),
    isTelling: ({ fact }) => isTaskFile(fact.path),
  })
}

const isTaskFile = (path: string): boolean => /^c:\\windows\\system32\\tasks\\/i.test(path)

/** What is told beside a chain, and how much more of the same there is. */
export interface Circumstances {
  readonly told: readonly NotedCircumstance[]
  readonly untold: number
}

/** What happened on the host next to a chain and bears on it: of each kind the nearest. */
export function circumstancesOf(memory: HostMemory, story: Story): Circumstances {
  const all = [
    environmentBefore(memory, story),
    handlersBefore(memory, story),
    plantedModules(memory, story),
    timestampsOf(memory, story),
    logsCleared(memory, story),
  ]
  const at = story.change?.at.time ?? story.runs[0]?.start.time ?? 0
  const told = all.map((some) => nearest(some, at))
  return {
    told: told.flat().map(({ evidence, circumstance }) => ({ evidence, circumstance: circumstance() })),
    untold: all.reduce((sum, some, kind) => sum + some.length - (told[kind]?.length ?? 0), 0),
  }
}

/** In their order. */
function nearest(all: readonly Found[], at: number): readonly Found[] {
  if (all.length <= limits.circumstancesOfChain) return all
  const near = new Set(
    all.toSorted((a, b) => Math.abs(a.time - at) - Math.abs(b.time - at)).slice(0, limits.circumstancesOfChain),
  )
  return all.filter((one) => near.has(one))
}

/** A variable of the machine that a user's environment had another value of, before a run that this value led elsewhere. */
function environmentBefore({ environment }: HostMemory, { runs }: Story): Found[] {
  if (environment.items.length === 0) return []
  const found = new Set<Noted<RegistryChanged>>()
  for (const run of runs)
    for (const noted of setBefore(environment.items, run.start.time))
      if (run.members.some(({ depth, node }) => depth === 0 && node !== null && isLedBy(node, noted.fact)))
        found.add(noted)
  return environment.items.filter((noted) => found.has(noted)).map((noted) => ofRegistry('environment-changed', noted))
}

/** A user's own server for the COM class that the task runs, registered before a run: that server is then what runs. */
function handlersBefore({ classes }: HostMemory, { path, definition, runs }: Story): Found[] {
  if (classes.items.length === 0 || path === null) return []
  const own = new Set(
    definition?.actions.flatMap((action) => (action.kind === 'com-handler' ? [withBraces(action.classId)] : [])) ??
      inboxClasses(path),
  )
  const last = runs.reduce((time, { start }) => Math.max(time, start.time), Number.NEGATIVE_INFINITY)
  return classes.items
    .filter(({ fact }) => fact.value !== null && own.has(fact.value) && fact.time <= last)
    .map((noted) => ofRegistry('handler-changed', noted))
}

const ofRegistry = (kind: Circumstance['kind'], noted: Noted<RegistryChanged>): Found => ({
  time: noted.fact.time,
  evidence: [noted.evidence, ...recordsOf(noted.node)],
  circumstance: () => ({
    kind,
    ...momentOf(noted.fact),
    what: `${noted.fact.target} = ${noted.fact.details ?? ''}`,
    actor: actorOf(doerOf(noted)),
  }),
})

/** Whoever did what a record of Sysmon shows. */
const doerOf = ({ fact: { user, pid, image }, node }: Noted<RegistryChanged>): ActorSource => ({
  ...nobody,
  user,
  node,
  stated: { pid, image },
})

const withBraces = (classId: string): string => `{${classId.replace(/[{}\s]/g, '').toLowerCase()}}`

/** Sysmon 2 on the task's own file or on the program that it ran. */
function timestampsOf({ timestamps }: HostMemory, { path, change, runs }: Story): Found[] {
  if (timestamps.items.length === 0) return []
  const files = new Set<string>()
  if (path !== null) files.add(`c:\\windows\\system32\\tasks${taskKey(path)}`)
  for (const action of change?.definition?.actions ?? [])
    if (action.kind === 'exec') files.add(action.command.toLowerCase())
  for (const run of runs)
    for (const m of run.members) if (m.depth === 0 && m.node) files.add(m.node.image.toLowerCase())
  const last = runs.reduce((time, run) => Math.max(time, run.start.time), change?.at.time ?? Number.NEGATIVE_INFINITY)
  const byPath = timestampsByPath(timestamps)
  return [...files]
    .flatMap((file) => byPath.get(file) ?? [])
    .filter(({ fact }) => fact.time - last <= limits.beside)
    .sort((a, b) => compareInstants(a.fact, b.fact))
    .map(({ fact, evidence, node }) => ({
      time: fact.time,
      evidence: [evidence, ...recordsOf(node)],
      circumstance: () => ({
        kind: 'timestamp-changed',
        ...momentOf(fact),
        what: `${fact.path}: creation time set from ${fact.previouslyCreated ?? '?'} to ${fact.created ?? '?'}`,
        actor: actorOf({ ...nobody, node, stated: { pid: fact.pid, image: fact.image } }),
      }),
    }))
}

type ByPath = ReadonlyMap<string, readonly Noted<FileTimeChanged>[]>
/** Made for one list once, since each chain of a host looks into it. */
const pathsOf = new WeakMap<object, { readonly seen: number; readonly byPath: ByPath }>()

function timestampsByPath(timestamps: Kept<Noted<FileTimeChanged>>): ByPath {
  const seen = timestamps.items.length + timestamps.leftOut
  const known = pathsOf.get(timestamps)
  if (known?.seen === seen) return known.byPath
  const byPath = Map.groupBy(timestamps.items, ({ fact }) => fact.path.toLowerCase())
  pathsOf.set(timestamps, { seen, byPath })
  return byPath
}

function logsCleared({ clearedLogs }: HostMemory, { change }: Story): Found[] {
  if (!change) return []
  const { time } = change.at
  return clearedLogs.items
    .filter(({ fact, last }) => fact.time - time <= limits.beside && time - last.time <= limits.beside)
    .map((clearing) => ({
      time: Math.max(clearing.fact.time, Math.min(time, clearing.last.time)),
      evidence: clearing.evidence,
      circumstance: () => ({
        kind: 'log-cleared',
        ...momentOf(clearing.fact),
        what: clearing.fact.log,
        ...repeatedOf(clearing),
        actor: clearedBy(clearing.fact),
      }),
    }))
}

const clearedBy = ({ user, userSid, logonId }: LogCleared): Actor => actorOf({ ...nobody, user, sid: userSid, logonId })

const repeatedOf = ({ count, last }: Clearing) => (count > 1 ? { repeated: { count, last } } : {})

/** Each cleared log stands by itself, ordered by time and then id; the tasks changed next to it are found through theirs. */
export function clearedLogsOf(memory: HostMemory): ClearedLog[] {
  const logs = memory.clearedLogs.items.map((clearing): ClearedLog => {
    const { fact, evidence } = clearing
    const at = momentOf(fact)
    return {
      kind: 'log-cleared',
      id: caseId(hostKey(memory.host), null, `log-cleared ${fact.log}`, { ...at, time: shownTime(memory, at.time) }),
      formerIds: [],
      host: memory.host,
      log: fact.log,
      how: 'cleared',
      by: clearedBy(fact),
      ...repeatedOf(clearing),
      blindSpots: [],
      evidence: evidence.map(plain),
      at,
    }
  })
  return logs.map((log) => logWithShownTimes(memory, log)).sort(compareChains)
}
