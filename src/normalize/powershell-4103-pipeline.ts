/**
 * A pipeline was executed: ContextInfo (lines `Script Name = …`, `Host Application = …`, `User = …`), UserData, Payload
 * (lines `CommandInvocation(X): "X"` and `ParameterBinding(X): name="N"; value="V"`).
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows (module
 * logging); the form of the lines from real records.
 */
import { readScriptText } from './commands/index.ts'
import { head } from './head.ts'
import { condition, powershells } from './interest.ts'
import type { Normalizer } from './normalizer.ts'
import { scriptWords } from './script-words.ts'

// The payload, not the context: the context repeats the host's command line in every record of the session.
// biome-ignore lint/plugin: the words are our own
const speaksOfTasks = condition('Payload', ...scriptWords)

export const pipelineExecuted: Normalizer = {
  interests: powershells.map((provider) => ({ provider, eventId: 4103, where: speaksOfTasks.where })),
  normalize(record) {
    if (!speaksOfTasks.holds(record)) return null
    const text = record.field('Payload') ?? ''
    const script = /^ *Script Name = ([^\r\n]*)/m.exec(record.field('ContextInfo') ?? '')?.[1]?.trim()
    return {
      ...head(record),
      kind: 'script-ran',
      by: '4103',
      pid: record.processId,
      userSid: record.userSid,
      scriptBlockId: null,
      part: 1,
      parts: 1,
      text,
      file: script || null,
      ...readScriptText(text),
    }
  },
}
