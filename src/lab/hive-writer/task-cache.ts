import { createHash } from 'node:crypto'
import type { Action } from '../../model/definition.ts'
import type { Instant } from '../../model/time.ts'
import { type LabKey, type LabRegistryValue, regBytes, regNumber, regText } from './lab-key.ts'
import { securityDescriptor } from './security-descriptor.ts'
import {
  actionsBlob,
  dynamicInfoBlob,
  FLAG_INTERACTIVE,
  FLAG_SERVICE_ACCOUNT,
  type LabAccount,
  type LabTrigger,
  ORDINARY_FLAGS,
  triggersBlob,
} from './task-blobs.ts'

export type LabTaskGroup = 'Boot' | 'Logon' | 'Plain' | 'Maintenance'

/** A task in the registry, part by part, so that each part can be left out or be wrong. */
export interface LabCachedTask {
  /** `\Folder\Name`. */
  readonly path: string
  /** `{GUID}`. */
  readonly id: string
  readonly lastWritten: Instant
  /** Values of the key below Tree; null: there is no such key. */
  readonly tree: readonly LabRegistryValue[] | null
  /** Values of the key below Tasks; null: there is no such key. */
  readonly task: readonly LabRegistryValue[] | null
  readonly groups: readonly LabTaskGroup[]
}

export interface LabTaskSpec {
  readonly path: string
  readonly id: string
  readonly registered: Instant
  readonly actions: readonly Action[]
  readonly triggers: readonly LabTrigger[]
  readonly account: LabAccount
  readonly author?: string
  readonly flags?: number
  readonly lastRun?: Instant
  readonly lastResult?: number
  /** The task's file as it lies on disk; its hash goes into the registry. */
  readonly file?: Uint8Array
}

const SYSTEM = 'S-1-5-18'
const ADMINISTRATORS = 'S-1-5-32-544'

/** Owner Administrators; SYSTEM and Administrators may do everything, whoever is logged on may read. */
export const ORDINARY_SD = securityDescriptor(ADMINISTRATORS, [
  { type: 'allow', sid: ADMINISTRATORS, mask: 0x1f01ff },
  { type: 'allow', sid: SYSTEM, mask: 0x1f01ff },
  { type: 'allow', sid: 'S-1-5-11', mask: 0x120089 },
])

/** A task as the service writes it. Source of names and order: Sysmon captures of OTRF/Security-Datasets. */
export function cachedTask(spec: LabTaskSpec): LabCachedTask {
  const isService = spec.account.sid === SYSTEM
  const principalId = isService ? 'LocalSystem' : 'Author'
  const group = groupOf(spec.triggers)
  const flags =
    spec.flags ?? (ORDINARY_FLAGS & ~FLAG_INTERACTIVE) | (isService ? FLAG_SERVICE_ACCOUNT : FLAG_INTERACTIVE)
  const triggers = triggersBlob({ flags, principalId, account: spec.account, triggers: spec.triggers })
  const lastRun = spec.lastRun ?? null
  const info = { created: spec.registered, lastRun, lastResult: spec.lastResult ?? 0, lastSuccessfulRun: lastRun }
  return {
    path: spec.path,
    id: spec.id,
    lastWritten: spec.registered,
    tree: [
      regBytes('SD', ORDINARY_SD),
      regText('Id', spec.id),
      regNumber('Index', group === 'Boot' ? 1 : group === 'Logon' ? 2 : 3),
    ],
    task: [
      regText('Path', spec.path),
      regBytes('Hash', fileHash(spec.file ?? Buffer.from(spec.path, 'utf16le'))),
      regNumber('Schema', 0x1_0002),
      regText('Date', new Date(spec.registered.time).toISOString().slice(0, 19)),
      regText('Author', spec.author ?? spec.account.name),
      regText('URI', spec.path),
      regBytes('Triggers', triggers),
      regBytes('Actions', actionsBlob(principalId, spec.actions)),
      regBytes('DynamicInfo', dynamicInfoBlob(info)),
    ],
    groups: [group],
  }
}

/** SHA-256 of the file without its byte order mark. Source: libyal/winreg-kb, Task scheduler keys. */
function fileHash(file: Uint8Array): Buffer {
  const mark = file[0] === 0xff && file[1] === 0xfe ? 2 : 0
  return createHash('sha256').update(file.subarray(mark)).digest()
}

function groupOf(triggers: readonly LabTrigger[]): LabTaskGroup {
  if (triggers.some(({ kind }) => kind === 'boot')) return 'Boot'
  return triggers.some(({ kind }) => kind === 'logon') ? 'Logon' : 'Plain'
}

interface Folder {
  readonly name: string
  readonly folders: Map<string, Folder>
  task: LabCachedTask | null
}

/** The root of a hive SOFTWARE with these tasks, and what else is to be in it below the root. */
export function softwareRoot(tasks: readonly LabCachedTask[], time: Instant, others: readonly LabKey[] = []): LabKey {
  const key = (name: string, subkeys: readonly LabKey[]): LabKey => ({ name, lastWritten: time, subkeys })
  const groups = (['Boot', 'Logon', 'Maintenance', 'Plain'] as const).map((group) =>
    key(
      group,
      tasks.filter((task) => task.groups.includes(group)).map(({ id, lastWritten }) => ({ name: id, lastWritten })),
    ),
  )
  const entries = tasks.flatMap(({ id, lastWritten, task }) =>
    task === null ? [] : [{ name: id, lastWritten, values: task }],
  )
  const tree = folderKey(treeOf(tasks), time)
  const cache = key('TaskCache', [...groups, key('Tasks', entries), tree])
  const version = key('CurrentVersion', [key('Schedule', [cache])])
  return key('ROOT', [key('Microsoft', [key('Windows NT', [version])]), ...others])
}

function treeOf(tasks: readonly LabCachedTask[]): Folder {
  const root: Folder = { name: 'Tree', folders: new Map(), task: null }
  for (const task of tasks) {
    if (task.tree === null) continue
    let at = root
    for (const name of task.path.split('\\').filter((part) => part !== '')) {
      const below = at.folders.get(name.toLowerCase()) ?? { name, folders: new Map(), task: null }
      at.folders.set(name.toLowerCase(), below)
      at = below
    }
    at.task = task
  }
  return root
}

function folderKey(folder: Folder, time: Instant): LabKey {
  return {
    name: folder.name,
    lastWritten: folder.task?.lastWritten ?? time,
    values: folder.task?.tree ?? [regBytes('SD', ORDINARY_SD)],
    subkeys: [...folder.folders.values()].map((below) => folderKey(below, time)),
  }
}
