import type { Change, Evidence, Run, RunProcess } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/time.ts'
import { actorJson, bystanderJson } from './actor-json.ts'
import { attackJson } from './attack.ts'
import { fileJson } from './file-identity.ts'
import { toldOf } from './told.ts'

/** The form that other tools rely on: names and meanings under this id do not change. */
export const findingSchema = 'tasktrail.finding/1'

/** One chain or finding as the plain object that `--format json` and `jsonl` print. */
export function findingJson(scored: ScoredChain, inputs: readonly string[]) {
  const { chain, verdict, score, baseline, settings } = toldOf(scored)
  return {
    schema: findingSchema,
    kind: chain.kind,
    id: chain.id,
    formerIds: chain.formerIds,
    host: chain.host,
    partOf: chain.partOf,
    task: {
      path: chain.taskPath,
      definition: chain.definition,
      definitionProblem: chain.definitionProblem,
      definitionHash: chain.definitionHash,
      statedAction: chain.statedAction,
      payload: chain.payload.map(({ path, file }) => ({ path, ...fileJson(file) })),
    },
    change: chain.change && changeJson(chain.change),
    runs: chain.runs.map(runJson),
    runSummary: chain.runSummary && {
      count: chain.runSummary.count,
      first: formatInstant(chain.runSummary.first),
      last: formatInstant(chain.runSummary.last),
    },
    circumstances: chain.circumstances.map(({ kind, what, actor, repeated, ...at }) => ({
      time: at.time === 0 ? null : formatInstant(at),
      kind,
      what,
      actor: bystanderJson(actor),
      ...(repeated ? { repeated: { count: repeated.count, last: formatInstant(repeated.last) } } : {}),
    })),
    contradictions: chain.contradictions.map(({ id, says }) => ({
      id,
      bits: score.factors.find((factor) => factor.id === id)?.bits ?? 0,
      says,
    })),
    verdict,
    score,
    baseline: baseline === null ? null : { id: baseline },
    ...(settings === null ? {} : { settings: { id: settings.id } }),
    blindSpots: chain.blindSpots,
    attack: attackJson(scored),
    evidence: chain.evidence.map((e) => evidenceJson(e, inputs)),
  }
}

function changeJson(change: Change) {
  return {
    time: formatInstant(change),
    kind: change.kind,
    outcome: change.outcome,
    target: change.target,
    route: change.route,
    actor: actorJson(change.actor),
    confidence: change.confidence,
    because: change.because,
    byOwnRun: change.byOwnRun,
    before: change.before,
    changed: change.changed,
    differences: change.differences,
    laterChanges: change.laterChanges.map((later) => ({
      kind: later.kind,
      time: formatInstant(later),
      actor: bystanderJson(later.actor),
    })),
  }
}

function runJson(run: Run) {
  return {
    time: formatInstant(run),
    instance: run.instance,
    startedBy: run.startedBy,
    requestedBy: run.requestedBy && bystanderJson(run.requestedBy),
    processes: run.processes.map(processJson),
    result: run.result,
    outcome: run.outcome,
  }
}

function processJson(process: RunProcess) {
  const { pid, parentPid, image, commandLine, user, integrity, file, outside, depth, tiedBy, source } = process
  return {
    time: formatInstant(process),
    ...{ pid, parentPid, image, commandLine, user, integrity },
    ...fileJson(file),
    ...(outside === null ? {} : { connectedTo: outside }),
    ...{ depth, tiedBy, source },
  }
}

function evidenceJson(evidence: Evidence, inputs: readonly string[]) {
  const nameOf = (source: number) => inputs[source] ?? `input ${source}`
  const at: Instant = evidence
  if (evidence.artifact !== undefined) {
    // What a host keeps is no record: it has its place, and a time only where it keeps one.
    const time = at.time === 0 ? null : formatInstant(at)
    return { source: nameOf(evidence.source), recordId: null, artifact: evidence.artifact, time }
  }
  return {
    source: nameOf(evidence.source),
    recordId: String(evidence.recordId),
    channel: evidence.channel,
    eventId: evidence.eventId,
    time: formatInstant(at),
    ...(evidence.isLate ? { isLate: true } : {}),
    ...(evidence.alsoIn.length > 0 ? { alsoIn: evidence.alsoIn.map(nameOf) } : {}),
  }
}

/** A finding as others read it, its times as text. */
export type FindingJson = ReturnType<typeof findingJson>
