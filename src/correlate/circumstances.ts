import type { Chain, Circumstance, Evidence } from '../model/chain.ts'
import type { RegistryChanged } from '../model/fact.ts'
import { hostKey } from '../model/host.ts'
import { taskKey } from '../model/task-path.ts'
import type { Instant } from '../model/time.ts'
import { windowsClassOf } from '../model/windows-classes.ts'
import { actorOf, nobody } from './actor.ts'
import type { ChangeDraft } from './change-draft.ts'
import type { HostState } from './host-state.ts'
import { caseId } from './identity.ts'
import type { ActorSource, RunDraft } from './nodes.ts'

interface NotedCircumstance {
  readonly circumstance: Circumstance
  readonly evidence: Evidence
}

/** How far from a chain something must be to be no longer next to it: an operator's session, in milliseconds. */
const hour = 3_600_000

/** Variables that the paths of Windows' own tasks begin with: another value makes the task run another program. */
const hijackedVariables = new Set(['windir', 'systemroot', 'systemdrive', 'programfiles', 'programdata', 'comspec'])

/** What happened on the host next to a chain and bears on it. */
export function circumstancesOf(
  host: HostState,
  path: string | null,
  change: ChangeDraft | null,
  runs: readonly RunDraft[],
): NotedCircumstance[] {
  return [
    ...environmentBefore(host, runs),
    ...handlersBefore(host, path, change, runs),
    ...timestampsOf(host, path, change, runs),
    ...logsCleared(host, change),
  ]
}

/** A user's environment that was changed before a run started something that carries the very value, or by such a variable. */
function environmentBefore(host: HostState, runs: readonly RunDraft[]): NotedCircumstance[] {
  return host.environment
    .filter(({ fact }) => {
      const value = (fact.details ?? '').toLowerCase().trim()
      return runs.some((run) => {
        const wait = run.start.time - fact.time
        if (wait < 0 || wait > hour) return false
        const isCarried =
          value.length > 3 &&
          run.members.some((m) => m.depth === 0 && m.node?.commandLine?.toLowerCase().includes(value))
        return isCarried && fact.value !== null && hijackedVariables.has(fact.value)
      })
    })
    .map(({ fact, evidence }) => ({
      evidence,
      circumstance: {
        kind: 'environment-changed',
        time: fact.time,
        ticks: fact.ticks,
        what: `${fact.target} = ${fact.details ?? ''}`,
        actor: actorOf(doerOf(host, fact)),
      },
    }))
}

/** A user's own server for the COM class that the task runs, registered before a run: that server is then what runs. */
function handlersBefore(
  host: HostState,
  path: string | null,
  change: ChangeDraft | null,
  runs: readonly RunDraft[],
): NotedCircumstance[] {
  if (host.classes.length === 0 || path === null) return []
  const definition = change?.definition ?? host.tasks.get(taskKey(path))?.definition ?? null
  const known = windowsClassOf(path)
  const classes = new Set(
    definition?.actions.flatMap((action) => (action.kind === 'com-handler' ? [withBraces(action.classId)] : [])) ??
      (known === undefined ? [] : [known]),
  )
  return host.classes
    .filter(({ fact }) => fact.value !== null && classes.has(fact.value) && !!fact.details?.trim())
    .filter(({ fact }) => runs.some((run) => run.start.time >= fact.time))
    .map(({ fact, evidence }) => ({
      evidence,
      circumstance: {
        kind: 'handler-changed',
        time: fact.time,
        ticks: fact.ticks,
        what: `${fact.target} = ${fact.details ?? ''}`,
        actor: actorOf(doerOf(host, fact)),
      },
    }))
}

/** Whoever did what a record of Sysmon shows. */
const doerOf = (host: HostState, { user, pid, guid, image }: RegistryChanged): ActorSource => ({
  ...nobody,
  user,
  node: host.processes.find(pid, guid) ?? null,
  stated: { pid, image },
})

const withBraces = (classId: string): string => `{${classId.replace(/[{}\s]/g, '').toLowerCase()}}`

/** Sysmon 2 on the task's own file or on the program that it ran. */
function timestampsOf(
  host: HostState,
  path: string | null,
  change: ChangeDraft | null,
  runs: readonly RunDraft[],
): NotedCircumstance[] {
  if (host.timestamps.length === 0) return []
  const files = new Set<string>()
  if (path !== null) files.add(`c:\\windows\\system32\\tasks${taskKey(path)}`)
  for (const action of change?.definition?.actions ?? [])
    if (action.kind === 'exec') files.add(action.command.toLowerCase())
  for (const run of runs)
    for (const m of run.members) if (m.depth === 0 && m.node) files.add(m.node.image.toLowerCase())
  return host.timestamps
    .filter(({ fact }) => files.has(fact.path.toLowerCase()))
    .map(({ fact, evidence }) => ({
      evidence,
      circumstance: {
        kind: 'timestamp-changed',
        time: fact.time,
        ticks: fact.ticks,
        what: `${fact.path}: creation time set from ${fact.previouslyCreated ?? '?'} to ${fact.created ?? '?'}`,
        actor: actorOf({
          ...nobody,
          node: host.processes.find(fact.pid, fact.guid) ?? null,
          stated: { pid: fact.pid, image: fact.image },
        }),
      },
    }))
}

function logsCleared(host: HostState, change: ChangeDraft | null): NotedCircumstance[] {
  if (!change) return []
  return host.clearedLogs
    .filter(({ fact }) => Math.abs(fact.time - change.at.time) <= hour)
    .map(({ fact, evidence }) => ({
      evidence,
      circumstance: {
        kind: 'log-cleared',
        time: fact.time,
        ticks: fact.ticks,
        what: fact.log,
        actor: actorOf({ ...nobody, user: fact.user, sid: fact.userSid, logonId: fact.logonId }),
      },
    }))
}

/** Each cleared log is an object of its own; the tasks changed next to it are found through theirs. */
export function clearedLogChains(host: HostState): Chain[] {
  return host.clearedLogs.map(({ fact, evidence }): Chain => {
    const at: Instant = { time: fact.time, ticks: fact.ticks }
    return {
      kind: 'log-cleared',
      id: caseId(hostKey(host.host), null, `log-cleared ${fact.log}`, at),
      host: host.host,
      taskPath: null,
      partOf: null,
      definition: null,
      definitionHash: null,
      definitionProblem: null,
      statedAction: null,
      statedRunAs: null,
      change: null,
      runs: [],
      runSummary: null,
      circumstances: [
        {
          kind: 'log-cleared',
          ...at,
          what: fact.log,
          actor: actorOf({ ...nobody, user: fact.user, sid: fact.userSid, logonId: fact.logonId }),
        },
      ],
      contradictions: [],
      blindSpots: [],
      evidence: [evidence],
      at,
    }
  })
}
