/**
 * A script block was compiled: MessageNumber, MessageTotal, ScriptBlockText, ScriptBlockId, Path. A long script comes in
 * parts, which are facts whatever they say: only the whole tells (script-parts.ts).
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 * and the manifest of Microsoft-Windows-PowerShell.
 */
import { guidOf, numberOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { powershells } from './interest.ts'
import type { Normalizer } from './normalizer.ts'
import { readScript, speaksOfTasks } from './script-parts.ts'

export const scriptBlock: Normalizer = {
  interests: powershells.map((provider) => ({
    provider,
    eventId: 4104,
    where: speaksOfTasks.where,
    orInParts: 'MessageTotal',
  })),
  normalize(record) {
    const parts = numberOf(record, 'MessageTotal') ?? 1
    const script = {
      ...head(record),
      kind: 'script-ran',
      by: '4104',
      pid: record.processId,
      userSid: record.userSid,
      scriptBlockId: guidOf(record, 'ScriptBlockId'),
      part: numberOf(record, 'MessageNumber') ?? 1,
      parts,
      text: record.field('ScriptBlockText') ?? '',
      file: textOf(record, 'Path'),
      command: null,
      moreCommands: null,
      made: null,
    } as const
    return parts > 1 ? script : readScript(script)
  },
}
