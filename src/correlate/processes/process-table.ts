import type { Evidence, ProcessSummary } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { ProcessEnded, ProcessStarted } from '../../model/fact.ts'
import { joinedIdentity } from '../../model/file-identity.ts'
import { momentOf } from '../../model/time.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { ProcessNode } from '../nodes.ts'
import { limits } from '../settings.ts'

/** The processes of one host that are remembered. */
export interface Processes {
  readonly byPid: Map<number, ProcessNode>
  readonly byGuid: Map<string, ProcessNode>
  /** Those that began last, in which another log's start of one process is looked for where an id was lost. */
  readonly latest: ProcessNode[]
  /** Those that have ended, in the order in which they did. */
  readonly ended: ProcessNode[]
  /** Place in `ended` of the first that is not forgotten yet. */
  endedFrom: number
  /** Processes that were forgotten although nothing showed their end. */
  givenUp: number
}

export const newProcesses = (): Processes => ({
  byPid: new Map(),
  byGuid: new Map(),
  latest: [],
  ended: [],
  endedFrom: 0,
  givenUp: 0,
})

/** The processes of one host by pid and by Sysmon's ProcessGuid. Pids are reused: a new start replaces the old holder. */
export class ProcessTable {
  readonly #memory: Processes
  readonly #byPid: Map<number, ProcessNode>
  readonly #byGuid: Map<string, ProcessNode>
  readonly #latest: ProcessNode[]
  readonly #sameProcess: number
  /** Start of the youngest process without an id. */
  #lastWithoutId = Number.NEGATIVE_INFINITY

  constructor(memory: Processes, sameProcess: number) {
    this.#memory = memory
    this.#byPid = memory.byPid
    this.#byGuid = memory.byGuid
    this.#latest = memory.latest
    this.#sameProcess = sameProcess
    for (const { pid, start } of memory.latest) if (pid === 0) this.#noteWithoutId(start.time)
  }

  /** Takes up a start; `isNew` is false when another log had already shown it. */
  start(fact: ProcessStarted, evidence: Evidence): { node: ProcessNode; isNew: boolean; isAsking: boolean } {
    const found = this.find(fact.pid, fact.guid, fact.time) ?? this.#byPid.get(fact.pid)
    const known = found && this.#isSameStart(found, fact) ? found : this.#twinOf(fact)
    if (known) {
      if (known.pid === 0 && fact.pid !== 0) this.#giveId(known, fact.pid)
      known.parentPid ||= fact.parentPid
      if (!known.sources.includes(fact.by)) known.sources.push(fact.by)
      addEvidence(known.evidence, evidence)
      known.originalFileName ??= fact.originalFileName
      known.commandLine ??= fact.commandLine
      known.parentImage ??= fact.parentImage
      known.parentCommandLine ??= fact.parentCommandLine
      // A 4688 of a SYSTEM process names the machine account, Sysmon 1 the account itself.
      if (fact.by === 'sysmon-1' && fact.user !== null) known.user = fact.user
      known.sid ??= fact.userSid
      known.logonId ??= fact.logonId
      known.integrity ??= fact.integrity
      const isAsking = known.command === null && fact.command !== null
      known.command ??= fact.command
      known.file = joinedIdentity(known.file, fact.file)
      if (fact.guid !== null) {
        known.guid ??= fact.guid
        if (known.guid !== fact.guid && !known.otherGuids.includes(fact.guid)) known.otherGuids.push(fact.guid)
        this.#byGuid.set(fact.guid, known)
      }
      known.parent ??= this.#parentOf(fact)
      return { node: known, isNew: false, isAsking }
    }
    const parent = this.#parentOf(fact)
    const node: ProcessNode = {
      pid: fact.pid,
      guid: fact.guid,
      otherGuids: [],
      parentPid: fact.parentPid,
      parent,
      generation: parent === null ? 0 : parent.generation + 1,
      parentImage: fact.parentImage ?? parent?.image ?? null,
      parentCommandLine: fact.parentCommandLine ?? parent?.commandLine ?? null,
      image: fact.image,
      originalFileName: fact.originalFileName,
      commandLine: fact.commandLine,
      user: fact.user,
      sid: fact.userSid,
      logonId: fact.logonId,
      integrity: fact.integrity,
      command: fact.command,
      file: fact.file,
      start: momentOf(fact),
      ended: null,
      exitCode: null,
      sources: [fact.by],
      evidence: [evidence],
      taskClient: null,
      unsigned: null,
      outside: null,
      run: null,
    }
    if (node.generation > limits.lineage) shortenLineage(node)
    this.#latest.push(node)
    if (this.#latest.length > limits.latestStarts) this.#latest.shift()
    if (fact.pid === 0) this.#noteWithoutId(fact.time)
    // A collector that lost the pid writes 0: such a process is known by its GUID, and by what another log shows of it.
    this.#giveId(node, fact.pid)
    if (fact.guid !== null) this.#byGuid.set(fact.guid, node)
    this.#keepWithinLimit()
    return { node, isNew: true, isAsking: fact.command !== null }
  }

  end(fact: ProcessEnded): ProcessNode | undefined {
    const node = this.find(fact.pid, fact.guid, fact.time)
    if (node && node.ended === null) {
      node.ended = momentOf(fact)
      this.#memory.ended.push(node)
    }
    if (node) node.exitCode ??= fact.exitCode
    this.#forgetEndedBefore(fact.time - limits.endedProcesses)
    return node
  }

  #giveId(node: ProcessNode, pid: number): void {
    node.pid = pid
    if (pid === 0) return
    const holder = this.#byPid.get(pid)
    // A start that comes late does not take the pid from whoever holds it now.
    if (holder && holder.start.time > node.start.time) return
    if (holder && holder !== node) this.#forget(holder)
    this.#byPid.set(pid, node)
  }

  /**
   * The process that another log has shown at this moment, where one of the two has lost its id: with the same image, command line and
   * parent. Of several that are alike the two logs have the first each before the second.
   */
  #twinOf(fact: ProcessStarted): ProcessNode | undefined {
    // Nearly all have their ids, and this is asked for every process that begins.
    if (fact.pid !== 0 && fact.time - this.#lastWithoutId > this.#sameProcess) return undefined
    for (const node of this.#latest) {
      if ((node.pid === 0) === (fact.pid === 0)) continue
      if (
        Math.abs(node.start.time - fact.time) <= this.#sameProcess &&
        !node.sources.includes(fact.by) &&
        isAlike(node.image, fact.image) &&
        isAlike(node.commandLine, fact.commandLine) &&
        isAlike(node.parentImage, fact.parentImage) &&
        (node.parentPid === 0 || fact.parentPid === 0 || node.parentPid === fact.parentPid)
      )
        return node
    }
    return undefined
  }

  #noteWithoutId(time: number): void {
    if (time > this.#lastWithoutId) this.#lastWithoutId = time
  }

  /** The process with this GUID, else the holder of this pid at this time. */
  find(pid: number, guid: string | null, time: number): ProcessNode | undefined {
    const byGuid = guid === null ? undefined : this.#byGuid.get(guid)
    if (byGuid) return byGuid
    const byPid = this.#byPid.get(pid)
    // Whoever holds the pid now may not have held it then.
    if (!byPid || byPid.start.time > time + this.#sameProcess) return undefined
    return guid === null || !isNamedAs(byPid, guid) ? byPid : undefined
  }

  /** Whether the process is remembered: it runs, as far as is known, or has ended only just now. */
  knows(node: ProcessNode): boolean {
    return this.#byPid.get(node.pid) === node || (node.guid !== null && this.#byGuid.get(node.guid) === node)
  }

  /** Whether the process is the one that has its pid. */
  holdsPid(node: ProcessNode): boolean {
    return this.#byPid.get(node.pid) === node
  }

  /** The processes that are remembered, in no order that matters to a result. */
  *all(): Iterable<ProcessNode> {
    yield* this.#byPid.values()
  }

  #isSameStart(known: ProcessNode, fact: ProcessStarted): boolean {
    if (fact.guid !== null && (known.guid === fact.guid || known.otherGuids.includes(fact.guid))) return true
    return (
      !known.sources.includes(fact.by) &&
      Math.abs(known.start.time - fact.time) <= this.#sameProcess &&
      (known.image === fact.image || imageName(known.image) === imageName(fact.image))
    )
  }

  #parentOf(fact: ProcessStarted): ProcessNode | null {
    const parent = this.#likelyParentOf(fact)
    // Whoever begins others moves to the young end: it runs, whatever its age.
    if (parent) {
      toYoungEnd(this.#byPid, parent.pid, parent)
      if (parent.guid !== null) toYoungEnd(this.#byGuid, parent.guid, parent)
    }
    return parent
  }

  #likelyParentOf(fact: ProcessStarted): ProcessNode | null {
    if (fact.parentGuid !== null) {
      const byGuid = this.#byGuid.get(fact.parentGuid)
      if (byGuid) return byGuid
    }
    const byPid = this.#byPid.get(fact.parentPid)
    if (!byPid) return null
    if (fact.parentGuid !== null && isNamedAs(byPid, fact.parentGuid)) return null
    if (
      fact.parentImage !== null &&
      fact.parentImage !== byPid.image &&
      imageName(byPid.image) !== imageName(fact.parentImage)
    )
      return null
    if (byPid.start.time > fact.time + this.#sameProcess) return null
    if (byPid.ended !== null && byPid.ended.time < fact.time - this.#sameProcess) return null
    return byPid
  }

  #forget(node: ProcessNode): void {
    if (this.#byPid.get(node.pid) === node) this.#byPid.delete(node.pid)
    for (const guid of [node.guid, ...node.otherGuids])
      if (guid !== null && this.#byGuid.get(guid) === node) this.#byGuid.delete(guid)
  }

  /** Where no log shows ends, the processes that began first are given up, but for those that began others lately. */
  #keepWithinLimit(): void {
    for (const table of [this.#byPid, this.#byGuid]) {
      if (table.size <= limits.processes) continue
      let spare = table.size - limits.processes / 2
      for (const node of new Set(table.values())) {
        if (spare-- <= 0) break
        this.#forget(node)
        this.#memory.givenUp++
      }
    }
  }

  #forgetEndedBefore(time: number): void {
    const memory = this.#memory
    const { ended } = memory
    while (memory.endedFrom < ended.length && (ended[memory.endedFrom]?.ended?.time ?? 0) < time) {
      const node = ended[memory.endedFrom++]
      if (node) this.#forget(node)
    }
    // Drop the consumed head now and then so that the queue does not grow with the log.
    if (memory.endedFrom > 64 && memory.endedFrom * 2 > ended.length) {
      ended.splice(0, memory.endedFrom)
      memory.endedFrom = 0
    }
  }
}

function toYoungEnd<K>(table: Map<K, ProcessNode>, key: K, node: ProcessNode): void {
  if (table.size <= limits.processes / 2 || table.get(key) !== node) return
  table.delete(key)
  table.set(key, node)
}

/** Lets go of the ancestors that no report lists, so that a lineage without end does not keep them all. */
function shortenLineage(node: ProcessNode): void {
  let ancestor: ProcessNode | null = node
  for (let kept = 0; ancestor !== null && kept < limits.keptLineage; kept++) {
    ancestor.generation = limits.keptLineage - kept
    ancestor = ancestor.parent
  }
  if (ancestor !== null) ancestor.parent = null
}

/** Whether two logs may say the same: one of them says nothing, or both the same but for case and blanks at the ends. */
const isAlike = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a.trim().toLowerCase() === b.trim().toLowerCase()

/** Sysmon writes braces, a sensor its name: ids of two namings cannot tell two processes apart. */
const namingOf = (guid: string): string => guid.slice(0, guid.indexOf(':') + 1)

/** Whether the process has an id of this naming. */
const isNamedAs = ({ guid, otherGuids }: ProcessNode, as: string): boolean =>
  guid !== null && [guid, ...otherGuids].some((own) => namingOf(own) === namingOf(as))

export const summaryOf = (node: ProcessNode): ProcessSummary => ({
  pid: node.pid,
  image: node.image,
  commandLine: node.commandLine,
})

/** Parents from the nearest on: those that the table knows, then what the last one's own record said of its parent. */
export function ancestryOf(node: ProcessNode): ProcessSummary[] {
  const ancestry: ProcessSummary[] = []
  let current = node
  while (ancestry.length < limits.ancestry) {
    if (current.parent) {
      current = current.parent
      ancestry.push(summaryOf(current))
      continue
    }
    if (current.parentImage !== null) {
      ancestry.push({ pid: current.parentPid, image: current.parentImage, commandLine: current.parentCommandLine })
    }
    break
  }
  return ancestry
}
