// What of OCSF 1.8.0 the two classes that are printed are made of, written by hand from https://github.com/ocsf/ocsf-schema/tree/v1.8.0:
// every attribute that is used with its type, what is required, and the values of enumerations. A member that is not here is none.

const string = { type: 'string' } as const
const integer = { type: 'integer' } as const
/** Milliseconds since 1970. */
const timestamp = integer
const json = {}
const list = (items: object) => ({ type: 'array', items })
const ids = (...values: number[]) => ({ enum: values })
const object = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
  anyOf: string[] = [],
) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...(anyOf.length > 0 ? { anyOf: anyOf.map((one) => ({ required: [one] })) } : {}),
})

const user = object({ name: string, domain: string, uid: string }, [], ['name', 'uid'])
const fingerprint = object({ algorithm: string, algorithm_id: ids(1, 2, 3, 18), value: string }, [
  'algorithm_id',
  'value',
])
const file = object({ name: string, path: string, type: string, type_id: ids(1), hashes: list(fingerprint) }, [
  'name',
  'type_id',
])
const processNames = { pid: integer, name: string, path: string, cmd_line: string }
const process = object(
  {
    ...processNames,
    created_time: timestamp,
    file,
    user,
    integrity: string,
    parent_process: object(processNames),
    ancestry: list(object(processNames)),
  },
  [],
  ['pid', 'name', 'path', 'cmd_line'],
)
const session = object({ uid: string, is_remote: { type: 'boolean' } })
const actor = object({ user, session, process }, [], ['process', 'user', 'session'])
const os = object({ name: string, type: string, type_id: ids(100) }, ['name', 'type_id'])
const device = object({ hostname: string, type: string, type_id: ids(0), os }, ['type_id'], ['hostname'])
const endpoint = object({ ip: string, hostname: string }, [], ['ip', 'hostname'])
const job = object(
  {
    name: string,
    cmd_line: string,
    desc: string,
    created_time: timestamp,
    last_run_time: timestamp,
    file,
    user,
    run_state: string,
    run_state_id: ids(0, 99),
  },
  ['name'],
)
const metadata = object(
  {
    version: { const: '1.8.0' },
    product: object({ name: string, vendor_name: string }),
    uid: string,
    correlation_uid: string,
  },
  ['version', 'product'],
)
const named = object({ uid: string, name: string })
const observation = object({ value: string }, ['value'])
const anomaly = object(
  {
    observation_parameter: string,
    observation_type: string,
    observations: list(observation),
    observed_pattern: string,
  },
  ['observation_parameter', 'observations'],
)

const base = {
  activity_name: string,
  category_name: string,
  class_name: string,
  type_name: string,
  time: timestamp,
  severity: string,
  severity_id: ids(1, 2, 3, 4, 5),
  message: string,
  status: string,
  metadata,
  device,
}
const required = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid']

/** https://schema.ocsf.io/1.8.0/classes/detection_finding */
export const detectionFinding = object(
  {
    ...base,
    activity_id: ids(1),
    category_uid: { const: 2 },
    class_uid: { const: 2004 },
    type_uid: { const: 200_401 },
    status_id: ids(1),
    start_time: timestamp,
    end_time: timestamp,
    confidence: string,
    confidence_id: ids(0, 1, 2, 3),
    is_alert: { type: 'boolean' },
    risk_score: integer,
    finding_info: object(
      {
        uid: string,
        title: string,
        desc: string,
        types: list(string),
        analytic: object({ uid: string, name: string, version: string, type: string, type_id: ids(2) }, ['type_id']),
        attacks: list(object({ technique: named, sub_technique: named, version: string }, [], ['technique'])),
        data_sources: list(string),
        first_seen_time: timestamp,
        last_seen_time: timestamp,
        related_events: list(object({ uid: string, type_uid: integer }, ['uid'])),
        related_events_count: integer,
      },
      ['uid'],
    ),
    evidences: list(
      object(
        { name: string, actor, job, process, src_endpoint: endpoint, data: json },
        [],
        ['actor', 'job', 'process', 'src_endpoint', 'data'],
      ),
    ),
    anomaly_analyses: list(
      object(
        {
          analysis_targets: list(object({ name: string, type: string }, ['name'])),
          anomalies: list(anomaly),
          baselines: list(anomaly),
        },
        ['analysis_targets', 'anomalies'],
      ),
    ),
  },
  [...required, 'finding_info'],
)

/** https://schema.ocsf.io/1.8.0/classes/scheduled_job_activity */
export const scheduledJobActivity = object(
  {
    ...base,
    activity_id: ids(1, 2, 3, 4, 5, 6),
    category_uid: { const: 1 },
    class_uid: { const: 1006 },
    type_uid: ids(100_601, 100_602, 100_603, 100_604, 100_605, 100_606),
    status_id: ids(0, 1),
    status_detail: string,
    actor,
    job,
    unmapped: { type: 'object' },
  },
  [...required, 'device', 'job'],
)
