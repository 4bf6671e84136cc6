/**
 * A sensor saw a registry key created (201001: activity_id 1), deleted (4) or renamed (5), or a value set (201002: 2 and, modified, 3) or
 * deleted (4): reg_key.path; reg_value.path (of its key), .name, .data; actor.process.
 * Defender DeviceRegistryEvents, Elastic Defend's registry events.
 * Source: https://schema.ocsf.io/1.7.0/extensions/win; the sensors' own pages in src/sources/json/carriers.
 */
import type { RegistryChanged } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'
import { sensorClass } from '../model/sensor.ts'
import { textOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition } from './interest.ts'
import { type Normalized, type Normalizer, unreadable } from './normalizer.ts'
import { registryTarget } from './registry-target.ts'
import { sensorAccount, sensorEvents, sensorProcess } from './sensor-process.ts'

const words = ['\\TaskCache', '\\Environment', '\\CLSID\\{']
// biome-ignore lint/plugin: the words are our own
const namesOurKeys = condition('reg_key.path', ...words)
// biome-ignore lint/plugin: the words are our own
const namesOurValues = condition('reg_value.path', ...words)

const keyActions: Readonly<Record<string, RegistryChanged['action']>> = {
  1: 'create-key',
  4: 'delete-key',
  5: 'rename',
}
const valueActions: Readonly<Record<string, RegistryChanged['action']>> = {
  2: 'set-value',
  3: 'set-value',
  4: 'delete-value',
}

export const sensorRegistryActivity: Normalizer = {
  interests: [
    ...sensorEvents(sensorClass.registryKey, namesOurKeys.where),
    ...sensorEvents(sensorClass.registryValue, namesOurValues.where),
  ],
  normalize(record) {
    const activity = record.field('activity_id') ?? ''
    if (record.eventId === sensorClass.registryKey) {
      return namesOurKeys.holds(record)
        ? changed(record, keyActions[activity], writtenIn(record, 'reg_key.path'), false)
        : null
    }
    if (!namesOurValues.holds(record)) return null
    const target = `${writtenIn(record, 'reg_value.path')}\\${writtenIn(record, 'reg_value.name')}`
    return changed(record, valueActions[activity], target, true)
  },
}

function changed(
  record: WindowsRecord,
  action: RegistryChanged['action'] | undefined,
  target: string,
  isValue: boolean,
): Normalized {
  const found = action === undefined ? null : registryTarget(target, isValue)
  if (action === undefined || found === null) return null
  const process = sensorProcess(record, 'actor.process')
  if (!process) return unreadable(record, 'actor.process.uid', 'a process')
  return {
    ...head(record),
    kind: 'registry-changed',
    ...process,
    action,
    target,
    area: found.area,
    task: found.task,
    value: found.value,
    details: isValue ? textOf(record, 'reg_value.data') : null,
    user: sensorAccount(record, 'actor').user,
  }
}
