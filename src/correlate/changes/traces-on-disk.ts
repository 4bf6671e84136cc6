import type { Evidence } from '../../model/chain.ts'
import type { FileCreated, RegistryChanged } from '../../model/fact.ts'
import { momentOf } from '../../model/time.ts'
import type { Written } from '../../model/written.ts'
import type { HostState } from '../memory/host-state.ts'
import { limits } from '../settings.ts'
import { deletionOf } from '../tasks/task-state.ts'
import type { ChangeSignal } from './change-draft.ts'
import { noteNearClient } from './clients.ts'
import { addClue, clueOf } from './clue.ts'

function isService(host: HostState, fact: FileCreated | RegistryChanged): boolean {
  const commandLine = host.processes.find(fact.pid, fact.guid, fact.time)?.commandLine ?? null
  return host.service.isService({ image: fact.image, commandLine })
}

/** `C:\Windows\Tasks\At1.job` is a legacy file of the task `\At1`; others that lie there are no tasks. */
const jobFile = /\\([^\\]+)\.job$/i

/** Sysmon 11 in the task folders. */
export function fileCreated(host: HostState, fact: FileCreated, evidence: Evidence): void {
  if (isService(host, fact)) {
    const path = fact.task ?? jobFile.exec(fact.path)?.[1]
    if (path !== undefined) writtenByService(host, path, { witness: 'file', by: 'sysmon-11', at: fact, evidence })
  } else if (fact.task !== null) {
    // Clients of the old interface write .job files themselves.
    tampered(host, fact.task, fact, { where: 'file' }, evidence)
  }
}

/** Sysmon 12, 13, 14 below TaskCache\\Tree. */
export function taskCacheChanged(host: HostState, fact: RegistryChanged, evidence: Evidence): void {
  const { area, task, action, value } = fact
  if (area !== 'tree' || task === null || task === '\\') return
  const isRemoval = action === 'delete-value' && (value === 'sd' || value === 'index')
  if (isRemoval || !isService(host, fact)) tampered(host, task, fact, { where: 'registry', action, value }, evidence)
  else if (action === 'set-value')
    writtenByService(host, task, { witness: 'registry', by: `registry ${value}`, at: fact, evidence })
}

/** A file or a value that the service wrote: part of whatever it did then. */
function writtenByService(host: HostState, path: string, trace: Omit<ChangeSignal, 'kind'>): void {
  const at = momentOf(trace.at)
  const task = host.task(path, at)
  const isKnown = (task.eras.length > 1 || task.definition !== null) && deletionOf(task) === null
  const change = host.changed(task, { ...trace, at, kind: isKnown ? 'modified' : 'created' })
  noteNearClient(host, change, at.time)
}

function tampered(
  host: HostState,
  path: string,
  fact: FileCreated | RegistryChanged,
  written: Written,
  evidence: Evidence,
): void {
  const at = momentOf(fact)
  const by = `${written.where} ${fact.recordId}`
  const change = host.changed(host.task(path, at), { kind: 'tampered', witness: written.where, by, at, evidence })
  const first = clueOf(change, 'writer')
  if (first) {
    addClue(change, { ...first, written: withWritten(first.written, written) })
    return
  }
  const { pid, guid, image, time } = fact
  const node = host.processes.find(pid, guid, time) ?? null
  const user = 'user' in fact ? fact.user : null
  addClue(change, { kind: 'writer', node, pid, image, user, written: [written] })
}

function withWritten(all: readonly Written[], one: Written): readonly Written[] {
  const isSame = (other: Written) =>
    other.where === 'registry' && one.where === 'registry'
      ? other.action === one.action && other.value === one.value
      : other.where === one.where
  return all.length >= limits.evidence || all.some(isSame) ? all : [...all, one]
}
