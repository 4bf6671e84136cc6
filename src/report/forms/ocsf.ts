import { attack } from '../../model/attack.ts'
import type { Actor, ChangeKind, Confidence, ProcessSummary, RunProcess } from '../../model/chain.ts'
import type { FileIdentity } from '../../model/file-identity.ts'
import type { ScoredChain, Severity } from '../../model/finding.ts'
import type { Instant } from '../../model/time.ts'
import { jsonLine } from '../clean.ts'
import { findingJson } from '../finding-json.ts'
import { isFinding, type ScanResult } from '../result.ts'
import { type ReportOptions, shownOf } from '../shown.ts'
import { titleOf } from '../title.ts'
import { type ToldChain, toldOf } from '../told.ts'
import { techniqueOf } from './attack.ts'
import {
  accountParts,
  actorOf,
  addressOf,
  baseName,
  brief,
  plannedOf,
  processesOf,
  runsAsOf,
  sentenceOf,
} from './gist.ts'

// OCSF 1.8.0: https://schema.ocsf.io/1.8.0/classes/detection_finding and …/scheduled_job_activity

const version = '1.8.0'
const severityIds: Readonly<Record<Severity, number>> = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 }
const severityNames = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical'] as const
/** Of an attribution: a process by nearness alone is a guess, and none is not known. */
const confidenceIds: Readonly<Record<Confidence, readonly [number, string]>> = {
  certain: [3, 'High'],
  strong: [2, 'Medium'],
  weak: [1, 'Low'],
  none: [0, 'Unknown'],
}

const whole = (text: string): string => text

/** Processes of runs that stand in one event as evidence; the data beside them has all. */
const mostProcesses = 32

/** A Detection Finding (2004) for each finding, and a Scheduled Job Activity (1006) for each change and run, one a line. */
export function* ocsfLines(result: ScanResult, options: ReportOptions): Iterable<string> {
  for (const scored of shownOf(result, options)) {
    const activities = activitiesOf(scored)
    if (isFinding(scored)) {
      const uids = activities.map((one) => one.metadata.uid)
      yield `${jsonLine(detectionFinding(scored, result, uids))}\n`
    }
    for (const activity of activities) yield `${jsonLine(activity)}\n`
  }
}

function detectionFinding(scored: ScoredChain, { inputs, tally }: ScanResult, related: readonly string[]): object {
  const told = toldOf(scored)
  const { chain, score } = told
  const actor = actorOf(chain)
  const address = addressOf(actor)
  const [first, last] = [chain.at, chain.runSummary?.last ?? chain.runs.at(-1) ?? chain.at]
  const confidence = chain.change ? confidenceIds[chain.change.confidence] : confidenceIds.none
  const isTimed = chain.at.time !== 0
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200_401,
    type_name: 'Detection Finding: Create',
    // What has no time of its own was found in evidence that ends then.
    time: isTimed ? chain.at.time : (tally.last?.time ?? 0),
    ...(isTimed ? { start_time: first.time, end_time: Math.max(first.time, last.time) } : {}),
    ...severityOf(scored),
    status_id: 1,
    status: 'New',
    confidence_id: confidence[0],
    confidence: confidence[1],
    is_alert: true,
    risk_score: Math.round(score.bits),
    message: sentenceOf(told),
    finding_info: {
      uid: chain.id,
      title: chain.title,
      desc: score.factors.map(({ says }) => says).join(' '),
      types: [chain.kind],
      analytic: {
        uid: attack.analytic.id,
        name: attack.analytic.name,
        version: attack.analytic.version,
        type_id: 2,
        type: 'Behavioral',
      },
      attacks: attacksOf(scored),
      data_sources: [...new Set(chain.evidence.map(({ channel, artifact }) => artifact ?? channel))].sort(),
      ...(isTimed ? { first_seen_time: first.time, last_seen_time: Math.max(first.time, last.time) } : {}),
      related_events: related.map((uid) => ({ uid, type_uid: Number(uid.split(':')[1]) })),
      related_events_count: related.length,
    },
    ...(chain.host === '' ? {} : { device: deviceOf(chain.host) }),
    evidences: [
      {
        name: chain.kind === 'log-cleared' ? 'who cleared the log' : 'who made the change, and what the task is',
        ...optional('actor', actorJson(actor)),
        ...(chain.kind === 'log-cleared' ? {} : { job: jobOf(chain) }),
        ...(address === null ? {} : { src_endpoint: endpointOf(address) }),
        data: findingJson(scored, inputs),
      },
      ...processesOf(chain)
        .slice(0, mostProcesses)
        .map((process) => ({ name: 'what it ran', process: runProcessJson(process) })),
    ],
    ...anomaliesOf(scored),
    metadata: metadataOf(`${chain.id}:200401`, chain.id),
  }
}

/** Each reason that makes it less ordinary; what it was compared with, where that is a learned baseline. */
function anomaliesOf({ chain, score, baseline }: ScoredChain): object {
  const anomalies = score.factors
    .filter(({ bits }) => bits > 0)
    .map(({ id, bits, says }) => ({
      observation_parameter: id,
      observation_type: 'weight of evidence in bits',
      observations: [{ value: String(bits) }],
      observed_pattern: says,
    }))
  if (anomalies.length === 0) return {}
  const learned = { observation_parameter: 'baseline', observations: [{ value: String(baseline) }] }
  return {
    anomaly_analyses: [
      {
        analysis_targets: [
          { name: titleOf(chain), type: chain.kind === 'log-cleared' ? 'Event Log' : 'Scheduled Task' },
        ],
        anomalies,
        ...(baseline === null ? {} : { baselines: [learned] }),
      },
    ],
  }
}

function attacksOf(scored: ScoredChain): object[] {
  return techniqueOf(scored).map(({ id, name, parent }) =>
    parent === null
      ? { technique: { uid: id, name }, version: attack.release }
      : { technique: { uid: parent.id, name: parent.name }, sub_technique: { uid: id, name }, version: attack.release },
  )
}

const activityIds: Readonly<Record<ChangeKind | 'run', readonly [number, string]>> = {
  created: [1, 'Create'],
  modified: [2, 'Update'],
  tampered: [2, 'Update'],
  deleted: [3, 'Delete'],
  enabled: [4, 'Enable'],
  disabled: [5, 'Disable'],
  run: [6, 'Start'],
}

interface Activity {
  readonly metadata: { readonly uid: string }
}

/** The changes and runs of a chain, in the order of the story. */
function activitiesOf(scored: ScoredChain): Activity[] {
  const told = toldOf(scored)
  const { chain } = told
  const { change } = chain
  if (chain.kind === 'log-cleared') return []
  /** The event of the change has all texts whole; the others tell the same job again. */
  const make = (kind: ChangeKind | 'run', at: Instant, actor: Actor | null, more: object, words = brief) => {
    const [activity, name] = activityIds[kind]
    const type = 100_600 + activity
    return {
      activity_id: activity,
      activity_name: name,
      category_uid: 1,
      category_name: 'System Activity',
      class_uid: 1006,
      class_name: 'Scheduled Job Activity',
      type_uid: type,
      type_name: `Scheduled Job Activity: ${name}`,
      time: at.time,
      ...severityOf(scored),
      ...optional('actor', actorJson(actor, words)),
      device: deviceOf(chain.host === '' ? 'unknown' : chain.host),
      job: jobOf(chain, words),
      ...more,
    }
  }
  const activities: ReturnType<typeof make>[] = []
  if (change) {
    const isDone = change.outcome === 'confirmed'
    activities.push(
      make(
        change.kind,
        change,
        change.actor,
        {
          message: sentenceOf(told),
          status_id: isDone ? 1 : 0,
          status: isDone ? 'Success' : 'Unknown',
          ...(isDone ? {} : { status_detail: 'only the command was seen, nothing shows that it succeeded' }),
          unmapped: {
            route: change.route,
            confidence: change.confidence,
            because: change.because,
            target: change.target,
            definition: chain.definition,
            definition_hash: chain.definitionHash,
            runs_as: runsAsOf(chain),
          },
        },
        whole,
      ),
    )
    for (const later of change.laterChanges)
      activities.push(make(later.kind, later, later.actor, { status_id: 1, status: 'Success' }))
  }
  for (const run of chain.runs) {
    const processes = run.processes.slice(0, mostProcesses).map((process) => runProcessJson(process, whole))
    const unmapped = { started_by: run.startedBy, result: run.result, processes }
    activities.push(make('run', run, run.requestedBy, { status_id: 1, status: 'Success', unmapped }))
  }
  return activities.map((activity, i) => ({
    ...activity,
    metadata: metadataOf(`${chain.id}:${activity.type_uid}:${i}`, chain.id),
  }))
}

const severityOf = ({ score }: ScoredChain) => {
  const id = severityIds[score.severity]
  return { severity_id: id, severity: severityNames[id] ?? 'Unknown' }
}

const metadataOf = (uid: string, chain: string) => ({
  version,
  product: { name: 'tasktrail', vendor_name: 'tasktrail' },
  uid,
  correlation_uid: chain,
})

const deviceOf = (host: string) => ({
  hostname: host,
  type_id: 0,
  type: 'Unknown',
  os: { name: 'Windows', type_id: 100, type: 'Windows' },
})

/** An address as an IP where it is one: the schema tells them from names. */
const endpointOf = (address: string) =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) || /^[\da-f:.]*:[\da-f:.]*$/i.test(address)
    ? { ip: address }
    : { hostname: address }

function jobOf(chain: ToldChain, words = brief): object {
  const { definition, change, runSummary, runs } = chain
  const planned = plannedOf(chain)
  const [payload] = chain.payload
  const lastRun = runSummary?.last ?? runs.at(-1)
  const isDisabled = definition?.settings.enabled === false || change?.kind === 'disabled'
  return {
    name: chain.taskPath ?? 'unknown',
    ...(planned.length === 0 ? {} : { cmd_line: words(planned.join(' | ')) }),
    ...(words === whole ? optional('desc', definition?.registrationInfo.description ?? null) : {}),
    ...(change?.kind === 'created' ? { created_time: change.time } : {}),
    ...(lastRun === undefined ? {} : { last_run_time: lastRun.time }),
    ...(payload === undefined ? {} : { file: fileOf(payload.path, payload.file) }),
    ...optional('user', userOf(change?.actor ?? null)),
    run_state_id: isDisabled ? 99 : 0,
    run_state: isDisabled ? 'Disabled' : 'Unknown',
  }
}

function actorJson(actor: Actor | null, words = brief): object | null {
  if (actor === null) return null
  const { logonId, process, remote } = actor
  const user = userOf(actor)
  const session = logonId === null ? null : { uid: logonId, is_remote: remote !== null }
  if (user === null && process === null && session === null) return null
  return {
    ...optional('user', user),
    ...optional('session', session),
    ...optional('process', process && processJson(process, words, process.ancestry)),
  }
}

function userOf(actor: Pick<Actor, 'user' | 'sid'> | null): object | null {
  if (actor === null || (actor.user === null && actor.sid === null)) return null
  const { domain, name } = actor.user === null ? { domain: null, name: null } : accountParts(actor.user)
  return { ...optional('name', name), ...optional('domain', domain), ...optional('uid', actor.sid) }
}

function processJson(
  { pid, image, commandLine }: ProcessSummary,
  words = brief,
  ancestry: readonly ProcessSummary[] = [],
): object {
  const [parent, ...further] = ancestry
  return {
    pid,
    ...(image === null ? {} : { name: baseName(image), path: image }),
    ...(commandLine === null ? {} : { cmd_line: words(commandLine) }),
    ...(parent === undefined ? {} : { parent_process: processJson(parent) }),
    ...(further.length === 0 ? {} : { ancestry: further.map((one) => processJson(one)) }),
  }
}

function runProcessJson(process: RunProcess, words = brief): object {
  const { image, user, parentPid, time, integrity } = process
  return {
    ...processJson(process, words),
    created_time: time,
    ...(user === null ? {} : { user: userOf({ user, sid: null }) }),
    ...(parentPid === null ? {} : { parent_process: { pid: parentPid } }),
    ...(image === null ? {} : { file: fileOf(image, process.file) }),
    ...optional('integrity', integrity),
  }
}

function fileOf(path: string, file: FileIdentity | null): object {
  const hashes = [
    ['MD5', 1, file?.md5],
    ['SHA-1', 2, file?.sha1],
    ['SHA-256', 3, file?.sha256],
    ['Imphash', 18, file?.importHash],
  ] as const
  const known = hashes.flatMap(([algorithm, id, value]) =>
    value == null ? [] : [{ algorithm, algorithm_id: id, value }],
  )
  return {
    name: baseName(path) || path || 'unknown',
    path,
    type_id: 1,
    type: 'Regular File',
    ...(known.length === 0 ? {} : { hashes: known }),
  }
}

/** A member that is left out where nothing is known: the schema has no null. */
const optional = <K extends string, V>(key: K, value: V | null): { [key in K]?: V } =>
  value === null ? {} : ({ [key]: value } as { [key in K]?: V })
