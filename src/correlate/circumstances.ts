import type { Chain, Circumstance, Evidence } from '../model/chain.ts'
import type { TaskDefinition } from '../model/definition.ts'
import type { RegistryChanged } from '../model/fact.ts'
import { hostKey } from '../model/host.ts'
import { taskKey } from '../model/task-path.ts'
import { momentOf } from '../model/time.ts'
import { machineVariables } from '../model/windows/folders.ts'
import { inboxClasses } from '../model/windows/inbox/index.ts'
import { actorOf, nobody } from './actor.ts'
import type { ChangeDraft } from './change-draft.ts'
import { plain } from './fact-evidence.ts'
import { shownTime } from './host-clock.ts'
import type { HostMemory, Noted } from './host-memory.ts'
import { caseId } from './identity.ts'
import type { ActorSource, RunDraft } from './nodes.ts'

interface NotedCircumstance {
  readonly circumstance: Circumstance
  readonly evidence: Evidence
}

/** How far from a chain something must be to be no longer next to it: an operator's session, in milliseconds. */
const hour = 3_600_000

/** What happened on the host next to a chain and bears on it. */
export function circumstancesOf(memory: HostMemory, story: Story): NotedCircumstance[] {
  return [
    ...environmentBefore(memory, story),
    ...handlersBefore(memory, story),
    ...timestampsOf(memory, story),
    ...logsCleared(memory, story),
  ]
}

/** A chain as far as circumstances are held against it. */
export interface Story {
  readonly path: string | null
  readonly change: ChangeDraft | null
  /** What was in force during its runs, as far as it is known. */
  readonly definition: TaskDefinition | null
  readonly runs: readonly RunDraft[]
}

/** A user's environment that was changed before a run started something that carries the very value, or by such a variable. */
function environmentBefore(memory: HostMemory, { runs }: Story): NotedCircumstance[] {
  return memory.environment
    .filter(({ fact }) => {
      const value = (fact.details ?? '').toLowerCase().trim()
      return runs.some((run) => {
        const wait = run.start.time - fact.time
        if (wait < 0 || wait > hour) return false
        const isCarried =
          value.length > 3 &&
          run.members.some((m) => m.depth === 0 && m.node?.commandLine?.toLowerCase().includes(value))
        return isCarried && fact.value !== null && machineVariables.has(fact.value)
      })
    })
    .map(({ fact, evidence, node }) => ({
      evidence,
      circumstance: {
        kind: 'environment-changed',
        ...momentOf(fact),
        what: `${fact.target} = ${fact.details ?? ''}`,
        actor: actorOf(doerOf({ fact, evidence, node })),
      },
    }))
}

/** A user's own server for the COM class that the task runs, registered before a run: that server is then what runs. */
function handlersBefore(memory: HostMemory, { path, definition, runs }: Story): NotedCircumstance[] {
  if (memory.classes.length === 0 || path === null) return []
  const classes = new Set(
    definition?.actions.flatMap((action) => (action.kind === 'com-handler' ? [withBraces(action.classId)] : [])) ??
      inboxClasses(path),
  )
  return memory.classes
    .filter(({ fact }) => fact.value !== null && classes.has(fact.value) && !!fact.details?.trim())
    .filter(({ fact }) => runs.some((run) => run.start.time >= fact.time))
    .map(({ fact, evidence, node }) => ({
      evidence,
      circumstance: {
        kind: 'handler-changed',
        ...momentOf(fact),
        what: `${fact.target} = ${fact.details ?? ''}`,
        actor: actorOf(doerOf({ fact, evidence, node })),
      },
    }))
}

/** Whoever did what a record of Sysmon shows. */
const doerOf = ({ fact: { user, pid, image }, node }: Noted<RegistryChanged>): ActorSource => ({
  ...nobody,
  user,
  node,
  stated: { pid, image },
})

const withBraces = (classId: string): string => `{${classId.replace(/[{}\s]/g, '').toLowerCase()}}`

/** Sysmon 2 on the task's own file or on the program that it ran. */
function timestampsOf(memory: HostMemory, { path, change, runs }: Story): NotedCircumstance[] {
  if (memory.timestamps.length === 0) return []
  const files = new Set<string>()
  if (path !== null) files.add(`c:\\windows\\system32\\tasks${taskKey(path)}`)
  for (const action of change?.definition?.actions ?? [])
    if (action.kind === 'exec') files.add(action.command.toLowerCase())
  for (const run of runs)
    for (const m of run.members) if (m.depth === 0 && m.node) files.add(m.node.image.toLowerCase())
  const last = runs.reduce((time, run) => Math.max(time, run.start.time), change?.at.time ?? Number.NEGATIVE_INFINITY)
  return memory.timestamps
    .filter(({ fact }) => fact.time - last <= hour && files.has(fact.path.toLowerCase()))
    .map(({ fact, evidence, node }) => ({
      evidence,
      circumstance: {
        kind: 'timestamp-changed',
        ...momentOf(fact),
        what: `${fact.path}: creation time set from ${fact.previouslyCreated ?? '?'} to ${fact.created ?? '?'}`,
        actor: actorOf({
          ...nobody,
          node,
          stated: { pid: fact.pid, image: fact.image },
        }),
      },
    }))
}

function logsCleared(memory: HostMemory, { change }: Story): NotedCircumstance[] {
  if (!change) return []
  return memory.clearedLogs
    .filter(({ fact }) => Math.abs(fact.time - change.at.time) <= hour)
    .map(({ fact, evidence }) => ({
      evidence,
      circumstance: {
        kind: 'log-cleared',
        ...momentOf(fact),
        what: fact.log,
        actor: actorOf({ ...nobody, user: fact.user, sid: fact.userSid, logonId: fact.logonId }),
      },
    }))
}

/** Each cleared log is an object of its own; the tasks changed next to it are found through theirs. */
export function clearedLogChains(memory: HostMemory): Chain[] {
  return memory.clearedLogs.map(({ fact, evidence }): Chain => {
    const at = momentOf(fact)
    return {
      kind: 'log-cleared',
      id: caseId(hostKey(memory.host), null, `log-cleared ${fact.log}`, { ...at, time: shownTime(memory, at.time) }),
      formerIds: [],
      host: memory.host,
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
      evidence: [plain(evidence)],
      at,
    }
  })
}
