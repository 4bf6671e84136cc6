import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Compatibility } from './media-types.ts'

/**
 * What shippers ask before they send: which product and version this is, its licence, and whether the templates, policies and pipelines that they
 * would install are there. All are: events are taken as they come, and nothing would be done with any of them.
 */
export function addHandshake(app: FastifyInstance, answer: Answer): void {
  const get = (path: string, made: (request: FastifyRequest, version: Compatibility) => unknown) =>
    app.get(path, { config: { role: 'send' } }, (request, reply) => answer(request, reply, made))
  const acknowledge = (path: string) =>
    app.route({
      method: ['PUT', 'POST', 'DELETE'],
      url: path,
      config: { role: 'send' },
      handler: (request, reply) => answer(request, reply, () => ({ acknowledged: true })),
    })
  get('/', (_request, version) => product(version))
  get('/_license', () => ({ license }))
  get('/_xpack', () => ({ build: { hash: 'tasktrail', date: since }, license: licenseInShort, features, tagline }))
  get('/_xpack/usage', () => ({}))
  for (const path of ['/_cluster/health', '/_cluster/health/:index']) get(path, () => health)
  get('/_cat/health', () => [health])
  for (const path of ['/_nodes', '/_nodes/:filter', '/_nodes/:filter/:metric'])
    get(path, (request, version) => nodes(request, version))
  get('/_security/_authenticate', (request) => ({ username: request.principal?.name ?? '', roles: [], enabled: true }))
  for (const [path, one] of Object.entries(installed)) {
    get(`${path}/:name`, (request) => one(nameOf(request)))
    acknowledge(`${path}/:name`)
  }
  // not what begins with a `_`, which is no name of an index
  get(anyIndex, (request) => ({ [nameOf(request)]: { aliases: {}, mappings: {}, settings: {} } }))
  acknowledge(anyIndex)
}

const anyIndex = '/:name(^[^_].*$)'

export type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  made: (request: FastifyRequest, version: Compatibility) => unknown,
) => FastifyReply

const nameOf = ({ params }: FastifyRequest): string => (params as { readonly name?: string }).name ?? ''

const tagline = 'You Know, for Search'
const since = '2026-01-01T00:00:00.000Z'
const uuid = 'dGFza3RyYWlsLXNlcnZl'
const clusterName = 'tasktrail'

/** Whose features a client may count on: it is told the version that it speaks itself. */
const versions: Readonly<Record<Compatibility, string>> = { 8: '8.19.0', 9: '9.2.0' }

const product = (version: Compatibility) => ({
  name: clusterName,
  cluster_name: clusterName,
  cluster_uuid: uuid,
  version: {
    number: versions[version],
    build_flavor: 'default',
    build_type: 'tar',
    build_hash: 'tasktrail',
    build_date: since,
    build_snapshot: false,
    lucene_version: version === 8 ? '9.12.0' : '10.3.0',
    minimum_wire_compatibility_version: version === 8 ? '7.17.0' : '8.19.0',
    minimum_index_compatibility_version: version === 8 ? '7.0.0' : '8.0.0',
  },
  tagline,
})

const licenseInShort = { uid: uuid, type: 'basic', mode: 'basic', status: 'active' } as const
const license = {
  status: 'active',
  uid: uuid,
  type: 'basic',
  issue_date: since,
  issue_date_in_millis: Date.parse(since),
  max_nodes: 1000,
  issued_to: clusterName,
  issuer: 'elasticsearch',
  start_date_in_millis: -1,
} as const

const feature = { available: true, enabled: true } as const
const features = { ilm: feature, security: feature, data_streams: feature } as const

const health = {
  cluster_name: clusterName,
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
  relocating_shards: 0,
  initializing_shards: 0,
  unassigned_shards: 0,
} as const

/** The one node, under the name by which it was asked: a client that looks for others finds what it has. */
function nodes({ headers, host }: FastifyRequest, version: Compatibility) {
  const address = headers.host ?? host
  const node = {
    name: clusterName,
    host: address,
    version: versions[version],
    build_flavor: 'default',
    roles: ['data', 'ingest', 'master'],
    http: { bound_address: [address], publish_address: address, max_content_length_in_bytes: 128 << 20 },
    ingest: { processors: [] },
    plugins: [],
    modules: [],
  }
  return { _nodes: { total: 1, successful: 1, failed: 0 }, cluster_name: clusterName, nodes: { [uuid]: node } }
}

/** What is asked for by name, and how one is told. */
const installed: Readonly<Record<string, (name: string) => unknown>> = {
  '/_index_template': (name) => ({
    index_templates: [{ name, index_template: { index_patterns: [`${name}*`], composed_of: [], data_stream: {} } }],
  }),
  '/_component_template': (name) => ({ component_templates: [{ name, component_template: { template: {} } }] }),
  '/_template': (name) => ({
    [name]: { order: 1, index_patterns: [`${name}*`], settings: {}, mappings: {}, aliases: {} },
  }),
  '/_ilm/policy': (name) => ({ [name]: { version: 1, modified_date: since, policy: { phases: {} } } }),
  '/_ingest/pipeline': (name) => ({ [name]: { description: 'taken as it comes', processors: [] } }),
  '/_data_stream': (name) => ({
    data_streams: [
      { name, timestamp_field: { name: '@timestamp' }, indices: [], generation: 1, status: 'GREEN', template: name },
    ],
  }),
  '/_alias': (name) => ({ [name]: { aliases: { [name]: { is_write_index: true } } } }),
}
