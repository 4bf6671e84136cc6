import type { RegistryChanged } from '../model/fact.ts'
import { taskPath } from '../model/task-path.ts'
import { machineVariables, userVariables } from '../model/windows/folders.ts'

/** What a registry path is to us. */
export interface RegistryTarget {
  readonly area: RegistryChanged['area']
  readonly task: string | null
  readonly value: string | null
}

/** Sysmon abbreviates the hives; other sensors write the kernel's names. Layout of TaskCache: docs/events.md. */
const taskCache =
  /^(?:HKLM|HKEY_LOCAL_MACHINE|\\REGISTRY\\MACHINE)\\SOFTWARE\\(?:WOW6432Node\\)?Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache(?:\\(.*))?$/is
const userEnvironment = /^(?:HKU|HKEY_USERS|\\REGISTRY\\USER)\\[^\\]+\\Environment\\([^\\]+)$/is

/** The server of a COM class in a user's own classes. */
const userClass =
  /^(?:HKU|HKEY_USERS|\\REGISTRY\\USER)\\[^\\]+(?:_Classes|\\Software\\Classes)\\(?:WOW6432Node\\)?CLSID\\(\{[\da-f-]{36}\})\\(?:InprocServer32|LocalServer32|TreatAs)\\(?:\(Default\))?$/is

/** Variables by which Windows and its tasks find programs; a user may set any of them for their own processes. */
const pathVariables: ReadonlySet<string> = new Set([
  ...machineVariables.keys(),
  ...userVariables.keys(),
  'homedrive',
  'path',
  'pathext',
])

/**
 * Recognises a path in the registry; null when it is none of ours. Of a value the last component is its name and the
 * key stands before it; of a key there is no value: a task may well be called `SD`.
 */
export function registryTarget(target: string, isValue: boolean): RegistryTarget | null {
  const inCache = taskCache.exec(target)
  if (inCache) return cacheTarget(inCache[1] ?? '', isValue)
  const classId = isValue ? userClass.exec(target)?.[1]?.toLowerCase() : undefined
  if (classId !== undefined) return { area: 'class', task: null, value: classId }
  const variable = isValue ? userEnvironment.exec(target)?.[1]?.toLowerCase() : undefined
  return variable !== undefined && pathVariables.has(variable)
    ? { area: 'environment', task: null, value: variable }
    : null
}

function cacheTarget(below: string, isValue: boolean): RegistryTarget {
  const end = below.lastIndexOf('\\')
  const key = isValue ? below.slice(0, Math.max(end, 0)) : below
  const value = isValue ? below.slice(end + 1).toLowerCase() : null
  const [, folder = '', rest = ''] = /^([^\\]*)\\*(.*)$/s.exec(key) ?? []
  const area = areas[folder.toLowerCase()] ?? 'taskcache'
  const path = area === 'tree' ? taskPath(rest) : '\\'
  return { area, task: path === '\\' ? null : path, value }
}

const areas: Readonly<Record<string, RegistryChanged['area']>> = { tree: 'tree', tasks: 'tasks' }
