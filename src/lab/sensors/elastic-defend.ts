import { milliseconds } from '../carriers/value-text.ts'
import type { SeenProcess, SensorSight } from './seen.ts'

const entity = ({ pid, started }: SeenProcess) => Buffer.from(`lab-${pid}-${started.time}`).toString('base64')
const named = (process: SeenProcess) => ({
  pid: process.pid,
  entity_id: entity(process),
  name: process.image.slice(process.image.lastIndexOf('\\') + 1),
  executable: process.image,
})

/** A document of Elastic Defend, after its exported fields; null for what it has no event for. It knows no tasks. */
export function elasticDefendDocument(sight: SensorSight): object | null {
  const document = (category: string, action: string, type: string, fields: object) => ({
    '@timestamp': milliseconds(sight.time),
    agent: { type: 'endpoint', version: '8.17.4' },
    data_stream: { type: 'logs', dataset: `endpoint.events.${category}`, namespace: 'default' },
    event: {
      kind: 'event',
      category: [category],
      type: [type],
      action,
      module: 'endpoint',
      dataset: `endpoint.events.${category}`,
      sequence: sight.count,
    },
    host: { hostname: sight.host, name: sight.host.toLowerCase(), os: { type: 'windows' } },
    ...fields,
  })
  switch (sight.kind) {
    case 'process': {
      const { process, parent, account } = sight
      return document('process', 'start', 'start', {
        process: {
          ...named(process),
          command_line: process.commandLine,
          ...(sight.originalFileName === '' ? {} : { pe: { original_file_name: sight.originalFileName } }),
          parent: { ...named(parent), command_line: parent.commandLine },
          Ext: {
            authentication_id: `0x${account.logonId.toString(16)}`,
            token: { integrity_level_name: sight.integrity.toLowerCase() },
          },
        },
        user: { name: account.name, domain: account.domain, id: account.sid },
      })
    }
    case 'process-end':
      return document('process', 'end', 'end', { process: named(sight.process) })
    case 'module':
      return document('library', 'load', 'start', { process: named(sight.process), dll: { path: sight.path } })
    case 'file':
      return document('file', 'creation', 'creation', { process: named(sight.process), file: { path: sight.path } })
    case 'registry':
      return document('registry', 'modification', 'change', {
        process: named(sight.process),
        registry: { path: `${sight.key}\\${sight.value}`, value: sight.value, data: { strings: [sight.data] } },
      })
    default:
      return null
  }
}
