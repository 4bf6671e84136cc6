/**
 * A key was created or deleted or a value deleted (12), a value set (13), a key or value renamed (14): EventType,
 * ProcessGuid, ProcessId, Image, TargetObject; 13 also Details, 14 also NewName; later versions add User.
 * EventType is CreateKey, DeleteKey, DeleteValue, SetValue, RenameKey or RenameValue.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (events 12 to 14) and real records.
 */
import type { RegistryChanged, TelemetrySwitched } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'
import { textOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { registryTarget } from './registry-target.ts'
import { sysmonProcess, sysmonText } from './sysmon-process.ts'

const namesOurKeys = condition('TargetObject', '\\TaskCache', '\\Environment\\', '\\CLSID\\{', '\\WINEVT\\Channels\\')

export const registryChanged: Normalizer = {
  interests: [12, 13, 14].map((eventId) => ({ provider: sysmon, eventId, where: namesOurKeys.where })),
  normalize(record) {
    const target = writtenIn(record, 'TargetObject')
    const said = operationOf(record)
    if (said === setValue) {
      const log = switchedLog.exec(target)?.[1]
      if (log !== undefined) return switched(record, log)
    }
    // what is not known to be a key is looked at as a value, so that nothing of ours passes unnoticed
    const found = registryTarget(target, said?.isValue ?? true)
    if (found === null) return null
    if (!said) return unreadable(record, 'EventType', 'what was done to the key')
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return {
      ...head(record),
      kind: 'registry-changed',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      action: said.action,
      target,
      area: found.area,
      task: found.task,
      value: found.value,
      details: sysmonText(record, said.action === 'rename' ? 'NewName' : 'Details'),
      user: textOf(record, 'User'),
    }
  },
}

/** A log's own switch. Source: the registry of Windows 10 and 11; `wevtutil sl LOG /e:false` writes it. */
const switchedLog =
  /^(?:HKLM|HKEY_LOCAL_MACHINE|\\REGISTRY\\MACHINE)\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\([^\\]+)\\Enabled$/i

function switched(record: WindowsRecord, log: string): TelemetrySwitched | null {
  const value = /^DWORD \(0x0*([01])\)$/i.exec(sysmonText(record, 'Details') ?? '')?.[1]
  if (value === undefined) return null
  const turns = value === '0' ? 'off' : 'on'
  return { ...head(record), kind: 'telemetry-switched', log, subcategory: null, turns, user: textOf(record, 'User') }
}

type Operation = { readonly action: RegistryChanged['action']; readonly isValue: boolean }

const operations: Readonly<Record<string, Operation>> = {
  createkey: { action: 'create-key', isValue: false },
  deletekey: { action: 'delete-key', isValue: false },
  deletevalue: { action: 'delete-value', isValue: true },
}
const setValue: Operation = { action: 'set-value', isValue: true }
const renameKey: Operation = { action: 'rename', isValue: false }
const renameValue: Operation = { action: 'rename', isValue: true }

/** Some collectors put a field of their own over EventType. 13 and 14 tell what happened by their id, 12 does not. */
function operationOf(record: WindowsRecord): Operation | undefined {
  if (record.eventId === 13) return setValue
  const type = record.field('EventType')?.toLowerCase() ?? ''
  if (record.eventId === 14) return type === 'renamevalue' ? renameValue : renameKey
  return operations[type]
}
