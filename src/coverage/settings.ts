import type { CollectedSettings } from '../model/artifact.ts'
import { auditSubcategories } from '../model/windows/audit-subcategories.ts'
import type { SourceOf } from './sources.ts'
import { telemetryOf } from './telemetry.ts'

/** What the host's own settings say of a source; null: nothing. */
export function settingOf(settings: CollectedSettings | null | undefined, source: SourceOf): 'on' | 'off' | null {
  if (settings == null) return null
  if (source.subcategory !== null) {
    const audit = settings.audit.find(({ subcategory }) => subcategory === source.subcategory)
    return audit === undefined ? null : audit.isOn ? 'on' : 'off'
  }
  const log = settings.logs.find(({ channel }) => telemetryOf(channel) === source.telemetry)
  if (log === undefined) return null
  // A filter decides what Sysmon writes, and a policy what PowerShell does: that the log is on says little.
  if (log.isOn) return source.telemetry === 'scheduler' ? 'on' : null
  return 'off'
}

const names = new Map<string, string>(Object.entries(auditSubcategories).map(([name, guid]) => [guid, name]))

/** How a person finds the setting. */
export const settingName = ({ subcategory, telemetry }: SourceOf): string =>
  subcategory === null ? `its log (${telemetry})` : `audit policy, ${names.get(subcategory) ?? subcategory}`
