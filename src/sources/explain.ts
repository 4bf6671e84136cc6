import type { Unit } from '../engine/ports.ts'
import type { ArtifactKind } from './artifact-kinds.ts'
import { beginningOfUnit, contentBeginning } from './content/text-blocks.ts'
import { beginningAsUtf8 } from './content/utf16.ts'
import type { ForcedKind } from './forced-kind.ts'
import type { Input } from './inputs.ts'
import { jsonSniffSize } from './json/json-reader.ts'
import { lookAtJson } from './json/look.ts'
import { isLogKind, logKinds } from './log-kinds.ts'

/** What an input was taken for, and what in its content says so. */
export interface Explanation {
  readonly kind: Input['kind']
  /** For JSON the carriers that its beginning holds, by name. */
  readonly carriers: readonly string[]
  readonly because: string
}

const ofArtifacts: Readonly<Record<ArtifactKind, string>> = {
  'task-xml': 'its first element is Task, or a list of these',
  'registry-hive': 'it begins as a registry hive does (regf)',
  'registry-export': 'it begins as an export of the registry does (Windows Registry Editor)',
  'registry-log': 'it begins as the log of a registry hive does',
  'wiped-log':
    'its place or ending says that it is an event log, and it is empty, nothing but zeros, or only a header that counts records',
  job: 'it has the fixed part of a .job file',
  'task-list': 'it begins as a list of tasks that schtasks, PowerShell, Autoruns or an agent made',
  'audit-policy': 'its rows are of the audit policy, by GUIDs of subcategories (auditpol)',
  'log-settings': 'it begins as the settings of a log do (wevtutil gl)',
}

/** Looks at an input again and says why it was taken for what it was. */
export async function explain(input: Input, forced: ForcedKind | null): Promise<Explanation> {
  const { kind } = input
  if (!isLogKind(kind)) return { kind, carriers: [], because: ofArtifacts[kind] }
  const told = forced === null ? logKinds[kind].because : 'it was said to be'
  if (kind !== 'json' && kind !== 'json-lines') return { kind, carriers: [], because: told ?? '' }
  const unit: Unit = {
    source: 0,
    name: input.name,
    path: input.path,
    kind,
    from: 0,
    to: 1,
    bytes: input.bytes,
    ...(input.packed ? { packed: input.packed } : {}),
  }
  const look = lookAtJson(beginningAsUtf8(contentBeginning(await beginningOfUnit(unit, jsonSniffSize))))
  const layout = look?.layout === 'documents' ? 'as a list or over several lines each' : 'one a line'
  const clock = look?.localTimes ? '; some of their times are local' : ''
  return {
    kind,
    carriers: look?.carriers ?? [],
    because: told ?? `its events stand ${layout} and have the form of ${look?.carriers.join(' and ')}${clock}`,
  }
}
