import { type Found, unregistered } from '../found.ts'
import { runCmdlet } from './cmdlets.ts'
import { joinedParts, noPart, type TaskPart, type Value } from './values.ts'

const invocation = 'CommandInvocation('
const binding = 'ParameterBinding('

/** Whether text is the Payload of a 4103 event. */
export function isModuleLog(text: string): boolean {
  const start = text.slice(0, 256).trimStart()
  return start.startsWith(invocation) || start.startsWith(binding)
}

/**
 * The Payload of PowerShell 4103: `CommandInvocation(Name): "Name"`, then a line `ParameterBinding(Name): name="…"; value="…"`
 * for each parameter. Values are written as they are: they may hold quotes and lines.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 */
export function readModuleLog(text: string): Found[] {
  const found: Found[] = []
  let parts: TaskPart = noPart
  let name: string | null = null
  let named = new Map<string, Value>()
  const run = () => {
    const outcome = name === null ? null : runCmdlet(name, { named, positional: [] }, null, parts)
    if (outcome?.found) found.push(outcome.found)
    if (name === 'register-scheduledtask') parts = noPart
    else if (outcome?.value?.part) parts = joinedParts(outcome.value.part, parts)
    named = new Map()
    name = null
  }
  for (const entry of entriesOf(text.trimStart())) {
    const nameFrom = entry.indexOf('(') + 1
    const nameTo = entry.indexOf(')', nameFrom)
    if (nameTo < 0) continue
    const given = entry.slice(nameFrom, nameTo).toLowerCase()
    if (entry.startsWith(invocation) || given !== name) {
      run()
      name = given
    }
    const parameter = /^\): name="([^"\r\n]{1,200})"; value="/.exec(entry.slice(nameTo, nameTo + 240))
    if (!parameter?.[1]) continue
    const value = entry.slice(nameTo + parameter[0].length).trimEnd()
    named.set(parameter[1].toLowerCase(), { text: value.endsWith('"') ? value.slice(0, -1) : value })
  }
  run()
  const left = unregistered(parts.definition)
  return left ? [...found, left] : found
}

/** An entry begins on a line of its own and reaches to the next one. */
function entriesOf(text: string): string[] {
  const entries: string[] = []
  let from = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (!text.startsWith(invocation, at + 1) && !text.startsWith(binding, at + 1)) continue
    entries.push(text.slice(from, at))
    from = at + 1
  }
  entries.push(text.slice(from))
  return entries
}
