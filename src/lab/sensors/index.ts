import { csvText } from '../carriers/csv-text.ts'
import type { TableWriter } from '../carriers/tables.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { type DefenderRow, defenderRow } from './defender.ts'
import { elasticDefendDocument } from './elastic-defend.ts'
import { falconEvent } from './falcon.ts'
import { ocsfEvent } from './ocsf.ts'
import { sightsOf } from './seen.ts'

const lines = (values: readonly (object | null)[]) =>
  values.map((value) => (value === null ? '' : `${JSON.stringify(value)}\n`)).join('')

const defenderRows = (events: readonly LabEvent[]) => sightsOf(events).flatMap((sight) => defenderRow(sight) ?? [])

/** Defender's streaming API, one event a line. */
const defenderStream: TableWriter = {
  name: 'defender-stream',
  files: (events) => [
    lines(
      defenderRows(events).map(({ table, columns }) => ({
        time: columns.Timestamp,
        tenantId: '4a653e38-cdfe-1337-beef-abcdefabcdef',
        operationName: 'Publish',
        category: `AdvancedHunting-${table}`,
        properties: columns,
      })),
    ),
  ],
}

/** The result of a query in Defender's portal, exported: one file for each table. */
const defenderCsv: TableWriter = {
  name: 'defender-csv',
  files(events) {
    const tables = new Map<string, DefenderRow[]>()
    for (const row of defenderRows(events)) tables.set(row.table, [...(tables.get(row.table) ?? []), row])
    return [...tables.values()].map((rows) =>
      csvText(
        Object.keys(rows[0]?.columns ?? {}),
        rows.map(({ columns }) => columns),
      ),
    )
  },
}

/** Files as sensors and lakes would have exported them of the same hosts. */
export const sensorWriters: readonly TableWriter[] = [
  defenderStream,
  defenderCsv,
  { name: 'crowdstrike-fdr', files: (events) => [lines(sightsOf(events).map(falconEvent))] },
  { name: 'elastic-defend', files: (events) => [lines(sightsOf(events).map(elasticDefendDocument))] },
  { name: 'ocsf', files: (events) => [lines(sightsOf(events).map(ocsfEvent))] },
]
