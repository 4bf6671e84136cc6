// The fields of ECS 9.4.0 that an alert has, with their types, from https://github.com/elastic/ecs/blob/v9.4.0/generated/csv/fields.csv;
// a type in brackets is an array there. What stands under `tasktrail` is a field of our own, as ECS allows.

const arrays = ['tags', 'event.category', 'event.type', 'related.hosts', 'related.user', 'related.ip', 'related.hash']
const techniques = ['id', 'name', 'subtechnique.id', 'subtechnique.name'].map((name) => `threat.technique.${name}`)

/** Whether each field is an array of keywords, by its name. */
export const ecsFields: ReadonlyMap<string, 'string' | 'number' | 'array'> = new Map([
  ...['@timestamp', 'message', 'ecs.version', 'event.kind', 'event.action', 'event.outcome', 'event.id'].map(text),
  ...['event.provider', 'event.module', 'event.dataset', 'event.reason', 'event.start', 'event.end'].map(text),
  ...['rule.id', 'rule.name', 'rule.version', 'rule.description', 'rule.ruleset', 'rule.reference'].map(text),
  ...['threat.framework', 'host.name', 'host.hostname', 'host.os.type', 'user.name', 'user.domain', 'user.id'].map(
    text,
  ),
  ...['process.executable', 'process.name', 'process.command_line', 'source.address', 'source.ip', 'source.domain'].map(
    text,
  ),
  ...['process.parent.executable', 'process.parent.name', 'process.parent.command_line'].map(text),
  ...['file.path', 'file.name', 'file.hash.sha256'].map(text),
  ...['event.severity', 'event.risk_score', 'process.pid', 'process.parent.pid'].map(
    (name) => [name, 'number'] as const,
  ),
  ...[...arrays, ...techniques].map((name) => [name, 'array'] as const),
])

function text(name: string): [string, 'string'] {
  return [name, 'string']
}

/** Types that a category of events expects: https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category */
export const expectedTypes: Readonly<Record<string, readonly string[]>> = {
  configuration: ['access', 'change', 'creation', 'deletion', 'info'],
  process: ['access', 'change', 'end', 'info', 'start'],
}
