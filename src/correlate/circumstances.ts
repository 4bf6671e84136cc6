import type { Chain, Circumstance, Evidence } from '../model/chain.ts'
import { imageName, splitProgram } from '../model/command-line.ts'
import type { TaskDefinition } from '../model/definition.ts'
import type { RegistryChanged } from '../model/fact.ts'
import { hostKey } from '../model/host.ts'
import { taskKey } from '../model/task-path.ts'
import { momentOf } from '../model/time.ts'
import { machineVariables, withMachineFolders } from '../model/windows/folders.ts'
import { inboxClasses } from '../model/windows/inbox/index.ts'
import { actorOf, nobody, recordsOf } from './actor.ts'
import type { ChangeDraft } from './change-draft.ts'
import { plain } from './fact-evidence.ts'
import { shownTime } from './host-clock.ts'
import type { HostMemory, Noted } from './host-memory.ts'
import { caseId } from './identity.ts'
import type { ActorSource, RunDraft } from './nodes.ts'
import { limits } from './settings.ts'

interface NotedCircumstance {
  readonly circumstance: Circumstance
  readonly evidence: readonly Evidence[]
}

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

/** A variable of the machine that a user's environment had another value of, before a run that this value led elsewhere. */
function environmentBefore(memory: HostMemory, { runs }: Story): NotedCircumstance[] {
  return memory.environment
    .filter(({ fact }) => fact.value !== null && machineVariables.has(fact.value))
    .filter(({ fact }) => runs.some((run) => isLedBy(run, fact)))
    .map(({ fact, evidence, node }) => ({
      evidence: [evidence, ...recordsOf(node)],
      circumstance: {
        kind: 'environment-changed',
        ...momentOf(fact),
        what: `${fact.target} = ${fact.details ?? ''}`,
        actor: actorOf(doerOf({ fact, evidence, node })),
      },
    }))
}

/**
 * The scheduler started what the value says. A command line that begins with it was led by it, however long ago it was set; one that
 * has it elsewhere, or the bare program where no log shows command lines, only soon after.
 */
function isLedBy(run: RunDraft, { time, details, value: variable }: RegistryChanged): boolean {
  const value = (details ?? '').toLowerCase().trim()
  const wait = run.start.time - time
  if (value.length <= 3 || wait < 0 || isOrdinary(variable, value)) return false
  const program = imageName(splitProgram(value).program)
  return run.members.some(({ depth, node }) => {
    if (depth !== 0 || !node) return false
    if (node.commandLine === null)
      return wait <= limits.beside && [program, `${program}.exe`].includes(imageName(node.image))
    const carried = node.commandLine.toLowerCase().indexOf(value)
    return carried === 0 || (carried > 0 && wait <= limits.beside)
  })
}

/** What the variable stands for anyway. */
const isOrdinary = (variable: string | null, value: string): boolean =>
  machineVariables.get(variable ?? '') === withMachineFolders(value).replace(/\\$/, '')

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
      evidence: [evidence, ...recordsOf(node)],
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
    .filter(({ fact }) => fact.time - last <= limits.beside && files.has(fact.path.toLowerCase()))
    .map(({ fact, evidence, node }) => ({
      evidence: [evidence, ...recordsOf(node)],
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
    .filter(({ fact }) => Math.abs(fact.time - change.at.time) <= limits.beside)
    .map(({ fact, evidence }) => ({
      evidence: [evidence],
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
