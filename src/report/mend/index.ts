import type { FleetCoverageReport } from '../../model/coverage-report.ts'
import { mendByPolicy } from './gpo.ts'
import { mendByPowershell } from './powershell.ts'
import { mendBySysmon } from './sysmon.ts'
import { type Wanted, wantedMends } from './wanted.ts'
import { mendByForwarding, type ReadEvent } from './wef.ts'

/** One way in which what is lacking can be switched on. */
const forms = {
  powershell: mendByPowershell,
  gpo: mendByPolicy,
  sysmon: mendBySysmon,
  wef: mendByForwarding,
} as const satisfies Record<string, (wanted: Wanted, events: readonly ReadEvent[]) => Iterable<string>>

export type MendForm = keyof typeof forms
export const mendForms = Object.keys(forms) as MendForm[]

/** What the report says is lacking, ready to apply; without a report all that can be switched on. `events`: all that are read. */
export const mendPieces = (
  form: MendForm,
  report: FleetCoverageReport | null,
  events: readonly ReadEvent[],
): Iterable<string> => forms[form](wantedMends(report), events)
