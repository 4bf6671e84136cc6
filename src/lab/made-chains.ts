import type { Actor, Change, Circumstance, ClearedLog, Run, RunProcess, TaskChain } from '../model/chain.ts'
import { type Action, emptyDefinition, type Principal, type TaskDefinition } from '../model/definition.ts'
import type { TimeTrigger, Trigger } from '../model/trigger.ts'
import { storyBegins } from './made-facts.ts'

// Chains made to order, for tests of what works on chains: each names what the test is about, and the rest says nothing.

/** As much of a value as matters; lists are given whole, of parts. */
export type Part<T> = T extends readonly (infer E)[]
  ? readonly Part<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> }
    : T

const begin = { time: storyBegins, ticks: 0 }

/** An actor of whom nothing is known but this. */
export const madeActor = ({ process, remote, ...more }: Part<Actor> = {}): Actor => ({
  user: null,
  sid: null,
  logonId: null,
  ...more,
  remote: remote ? { address: null, host: null, ...remote } : null,
  process: process
    ? {
        pid: 500,
        image: null,
        commandLine: null,
        ...process,
        ancestry: (process.ancestry ?? []).map((one) => ({ pid: 400, image: null, commandLine: null, ...one })),
      }
    : null,
})

/** A creation that the audit log shows, by nobody in particular. */
export const madeChange = ({ actor, before, laterChanges, ...more }: Part<Change> = {}): Change => ({
  ...begin,
  kind: 'created',
  outcome: 'confirmed',
  target: null,
  connectAs: null,
  route: 'unknown',
  confidence: 'none',
  because: 'No record says who made this change.',
  written: [],
  command: null,
  byOwnRun: false,
  changed: [],
  differences: [],
  ...(more as Partial<Change>),
  actor: madeActor(actor),
  before: before ? madeDefinition(before) : null,
  laterChanges: (laterChanges ?? []).map((later) => ({
    ...begin,
    kind: 'deleted',
    ...later,
    actor: madeActor(later.actor),
  })),
})

const nothingSaid = { md5: null, sha1: null, sha256: null, importHash: null, signature: null, signer: null }

/** A process that the scheduler started, with its image as its command line. */
export const madeProcess = ({ file, outside, ...more }: Part<RunProcess> = {}): RunProcess => ({
  ...begin,
  pid: 600,
  parentPid: null,
  image: null,
  commandLine: more.image ?? null,
  user: null,
  integrity: null,
  originalFileName: null,
  depth: 0,
  tiedBy: 'pid',
  source: '4688',
  ...more,
  file: file ? { ...nothingSaid, ...file } : null,
  outside: outside ? { address: '203.0.113.7', port: 443, host: null, ...outside } : null,
})

export const madeRun = ({ requestedBy, processes, ...more }: Part<Run> = {}): Run => ({
  ...begin,
  instance: null,
  startedBy: 'unknown',
  result: null,
  outcome: null,
  ...more,
  requestedBy: requestedBy ? madeActor(requestedBy) : null,
  processes: (processes ?? []).map(madeProcess),
})

const trigger: TimeTrigger = {
  kind: 'time',
  id: null,
  enabled: true,
  startBoundary: null,
  endBoundary: null,
  repetition: null,
  executionTimeLimit: null,
  randomDelay: null,
}
const principal: Principal = {
  id: null,
  userId: null,
  groupId: null,
  displayName: null,
  logonType: null,
  runLevel: 'LeastPrivilege',
  processTokenSidType: null,
  requiredPrivileges: [],
}
const exec = { kind: 'exec', id: null, command: '', arguments: null, workingDirectory: null, hideAppWindow: false }

/** A definition that says and does no more than this. An action is an Exec action and a trigger a time trigger unless it says so. */
export const madeDefinition = (part: Part<TaskDefinition> = {}): TaskDefinition => ({
  ...emptyDefinition,
  ...(part as Partial<TaskDefinition>),
  registrationInfo: { ...emptyDefinition.registrationInfo, ...part.registrationInfo },
  settings: { ...emptyDefinition.settings, ...(part.settings as Partial<TaskDefinition['settings']>) },
  triggers: (part.triggers ?? []).map((one) => ({ ...trigger, ...one }) as Trigger),
  principals: (part.principals ?? []).map((one) => ({ ...principal, ...one })),
  actions: (part.actions ?? []).map((one) => ({ ...exec, ...one }) as Action),
})

/** The chain of a task of which nothing is known but this. */
export const madeChain = ({ change, definition, runs, circumstances, ...more }: Part<TaskChain> = {}): TaskChain => ({
  kind: 'chain',
  id: '0123456789abcdef',
  formerIds: [],
  host: 'ws1',
  taskPath: '\\Task',
  partOf: null,
  definitionHash: null,
  definitionProblem: null,
  statedAction: null,
  statedRunAs: null,
  runSummary: null,
  contradictions: [],
  blindSpots: [],
  payload: [],
  evidence: [],
  at: begin,
  ...(more as Partial<TaskChain>),
  change: change ? madeChange(change) : null,
  definition: definition ? madeDefinition(definition) : null,
  runs: (runs ?? []).map(madeRun),
  circumstances: (circumstances ?? []).map(
    ({ actor, repeated: _, ...one }): Circumstance => ({
      ...begin,
      kind: 'log-cleared',
      what: '',
      ...one,
      actor: madeActor(actor),
    }),
  ),
})

/** A log that somebody cleared of whom nothing is known but this. */
export const madeClearedLog = ({ by, repeated: _, ...more }: Part<ClearedLog> = {}): ClearedLog => ({
  kind: 'log-cleared',
  id: '0123456789abcdef',
  formerIds: [],
  host: 'ws1',
  log: 'Security',
  how: 'cleared',
  blindSpots: [],
  evidence: [],
  at: begin,
  ...(more as Partial<ClearedLog>),
  by: by ? madeActor(by) : null,
})
