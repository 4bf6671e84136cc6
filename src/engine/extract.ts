import type { ReadDefinition } from '../model/definition.ts'
import type { Fact } from '../model/fact.ts'
import type { Problem } from '../model/problem.ts'
import { normalize } from '../normalize/index.ts'
import type { RecordReader, Unit } from './ports.ts'

/** Names of hosts kept; a hostile log can name a new one in every record. */
const mostHosts = 200_000
/** Problems kept of one unit; the rest is counted. */
const mostProblems = 1_000

/** What reading one or more units gave besides facts. */
export interface ExtractTally {
  records: number
  bytes: number
  readonly hosts: Set<string>
  readonly problems: Problem[]
  unlistedProblems: number
}

export const newTally = (): ExtractTally => ({
  records: 0,
  bytes: 0,
  hosts: new Set(),
  problems: [],
  unlistedProblems: 0,
})

/** Records of one unit in, facts out. */
export function extract(
  unit: Unit,
  reader: RecordReader,
  readDefinition: ReadDefinition,
  give: (fact: Fact) => void,
  tally: ExtractTally,
  progress: (bytes: number, records: number) => void = () => {},
): void {
  let problems = 0
  const report = (problem: Problem) => {
    if (problems++ < mostProblems) tally.problems.push(problem)
    else tally.unlistedProblems++
  }
  const tools = { readDefinition }
  const read = reader.read(
    unit,
    (record) => {
      const result = normalize(record, tools)
      if (result === null) return
      if (result.kind === 'unreadable') {
        report({
          file: unit.name,
          offset: record.position,
          chunk: null,
          code: 'bad-field',
          reason: `record ${record.recordId} of ${record.channel}, event ${record.eventId}: ${result.reason}`,
        })
        return
      }
      if (tally.hosts.size < mostHosts) tally.hosts.add(result.host)
      give(result)
    },
    report,
    progress,
  )
  tally.records += read.records
  tally.bytes += read.bytes
}
