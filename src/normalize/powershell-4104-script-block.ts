/**
 * A script block was compiled: MessageNumber, MessageTotal, ScriptBlockText, ScriptBlockId, Path. A long script comes in
 * parts; each part that speaks of tasks is a fact of its own.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 * and the manifest of Microsoft-Windows-PowerShell.
 */
import { readScriptText } from './commands/index.ts'
import { guidOf, numberOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { condition, powershell } from './interest.ts'
import type { Normalizer } from './normalizer.ts'
import { scriptWords } from './script-words.ts'

const speaksOfTasks = condition('ScriptBlockText', ...scriptWords)

export const scriptBlock: Normalizer = {
  interests: [{ provider: powershell, eventId: 4104, where: speaksOfTasks.where }],
  normalize(record) {
    if (!speaksOfTasks.holds(record)) return null
    const text = record.field('ScriptBlockText') ?? ''
    return {
      ...head(record),
      kind: 'script-ran',
      by: '4104',
      pid: record.processId,
      userSid: record.userSid,
      scriptBlockId: guidOf(record, 'ScriptBlockId'),
      part: numberOf(record, 'MessageNumber') ?? 1,
      parts: numberOf(record, 'MessageTotal') ?? 1,
      text,
      file: textOf(record, 'Path'),
      ...readScriptText(text),
    }
  },
}
