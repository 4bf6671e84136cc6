import { i32, text } from '../evtx-writer/value.ts'
import { type CatalogueEvent, event, type Written } from './catalogue-event.ts'

/**
 * 4104: a script block was compiled; the whole of it, or one part of a long one. Written by the PowerShell process as its user.
 * Source: real records, https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 */
export function scriptBlock(
  written: Written,
  block: {
    readonly userSid: string
    readonly script: string
    /** A GUID without braces. */
    readonly id: string
    readonly path: string
    readonly part?: { readonly number: number; readonly total: number }
    /** PowerShell logs what it finds suspicious as a warning even where script block logging is off. */
    readonly suspicious: boolean
  },
): CatalogueEvent {
  const kind = {
    provider: 'Microsoft-Windows-PowerShell',
    providerGuid: '{a0c1853b-5c40-4b15-8766-3cf1c58f985a}',
    channel: 'Microsoft-Windows-PowerShell/Operational',
    eventId: 4104,
    version: 1,
    level: block.suspicious ? 3 : 5,
    task: 2,
    opcode: 15,
    keywords: 0n,
    userSid: block.userSid,
    dataName: null,
  }
  return event(kind, written, [
    ['MessageNumber', i32(block.part?.number ?? 1)],
    ['MessageTotal', i32(block.part?.total ?? 1)],
    ['ScriptBlockText', text(block.script)],
    ['ScriptBlockId', text(block.id)],
    ['Path', text(block.path)],
  ])
}
