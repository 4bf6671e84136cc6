import type { Evidence, ProcessSummary } from '../model/chain.ts'
import { imageName } from '../model/command-line.ts'
import type { ProcessEnded, ProcessStarted } from '../model/fact.ts'
import type { ProcessNode } from './nodes.ts'
import { limits } from './settings.ts'

/** The processes of one host by pid and by Sysmon's ProcessGuid. Pids are reused: a new start replaces the old holder. */
export class ProcessTable {
  readonly #byPid = new Map<number, ProcessNode>()
  readonly #byGuid = new Map<string, ProcessNode>()
  readonly #ended: ProcessNode[] = []
  #endedFrom = 0
  readonly #sameProcess: number

  constructor(sameProcess: number) {
    this.#sameProcess = sameProcess
  }

  /** Takes up a start; `isNew` is false when another log had already shown it. */
  start(fact: ProcessStarted, evidence: Evidence): { node: ProcessNode; isNew: boolean } {
    const known = this.find(fact.pid, fact.guid) ?? this.#byPid.get(fact.pid)
    if (known && this.#isSameStart(known, fact)) {
      known.sources.push(fact.by)
      known.evidence.push(evidence)
      known.originalFileName ??= fact.originalFileName
      known.commandLine ??= fact.commandLine
      known.parentImage ??= fact.parentImage
      known.parentCommandLine ??= fact.parentCommandLine
      // A 4688 of a SYSTEM process names the machine account, Sysmon 1 the account itself.
      if (fact.by === 'sysmon-1' && fact.user !== null) known.user = fact.user
      known.sid ??= fact.userSid
      known.logonId ??= fact.logonId
      known.integrity ??= fact.integrity
      known.command ??= fact.command
      if (fact.guid !== null) {
        known.guid ??= fact.guid
        if (known.guid !== fact.guid) known.otherGuids.push(fact.guid)
        this.#byGuid.set(fact.guid, known)
      }
      known.parent ??= this.#parentOf(fact)
      return { node: known, isNew: false }
    }
    const node: ProcessNode = {
      pid: fact.pid,
      guid: fact.guid,
      otherGuids: [],
      parentPid: fact.parentPid,
      parent: this.#parentOf(fact),
      parentImage: fact.parentImage,
      parentCommandLine: fact.parentCommandLine,
      image: fact.image,
      originalFileName: fact.originalFileName,
      commandLine: fact.commandLine,
      user: fact.user,
      sid: fact.userSid,
      logonId: fact.logonId,
      integrity: fact.integrity,
      command: fact.command,
      start: { time: fact.time, ticks: fact.ticks },
      ended: null,
      sources: [fact.by],
      evidence: [evidence],
      taskClient: null,
      run: null,
    }
    node.parentImage ??= node.parent?.image ?? null
    node.parentCommandLine ??= node.parent?.commandLine ?? null
    const replaced = this.#byPid.get(fact.pid)
    if (replaced) this.#forget(replaced)
    // A collector that lost the pid writes 0: such a process is known by its GUID alone.
    if (fact.pid !== 0) this.#byPid.set(fact.pid, node)
    if (fact.guid !== null) this.#byGuid.set(fact.guid, node)
    return { node, isNew: true }
  }

  end(fact: ProcessEnded): ProcessNode | undefined {
    const node = this.find(fact.pid, fact.guid)
    if (node && node.ended === null) {
      node.ended = { time: fact.time, ticks: fact.ticks }
      this.#ended.push(node)
    }
    this.#forgetEndedBefore(fact.time - limits.endedProcesses)
    return node
  }

  /** The process with this GUID, else the latest holder of this pid. */
  find(pid: number, guid: string | null): ProcessNode | undefined {
    if (guid !== null) {
      const byGuid = this.#byGuid.get(guid)
      if (byGuid) return byGuid
      const byPid = this.#byPid.get(pid)
      return byPid && !isNamedAs(byPid, guid) ? byPid : undefined
    }
    return this.#byPid.get(pid)
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
    if (byPid.ended !== null && byPid.ended.time < fact.time - this.#sameProcess) return null
    return byPid
  }

  #forget(node: ProcessNode): void {
    if (this.#byPid.get(node.pid) === node) this.#byPid.delete(node.pid)
    for (const guid of [node.guid, ...node.otherGuids])
      if (guid !== null && this.#byGuid.get(guid) === node) this.#byGuid.delete(guid)
  }

  #forgetEndedBefore(time: number): void {
    while (this.#endedFrom < this.#ended.length && (this.#ended[this.#endedFrom]?.ended?.time ?? 0) < time) {
      const node = this.#ended[this.#endedFrom++]
      if (node) this.#forget(node)
    }
    // Drop the consumed head now and then so that the queue does not grow with the log.
    if (this.#endedFrom > 4096) {
      this.#ended.splice(0, this.#endedFrom)
      this.#endedFrom = 0
    }
  }
}

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
