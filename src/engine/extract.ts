import { type LogCounts, noLogCounts } from '../coverage/index.ts'
import type { ReadDefinition } from '../model/definition.ts'
import type { Fact } from '../model/fact.ts'
import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import { isPart, normalize } from '../normalize/index.ts'
import { type ClockSteps, noteStep, stepOf } from './clock-steps.ts'
import type { ReadTally, RecordReader, Unit } from './ports.ts'
import { joinInUnit, noScripts, type SeenScripts } from './scripts.ts'
import { addUnreadable, noteUnreadable, type UnreadableRecords } from './unreadable-records.ts'

/** Names of hosts kept; a hostile log can name a new one in every record. */
const mostHosts = 200_000
/** Problems kept of one unit; the rest is counted. */
const mostProblems = 1_000

/** What reading one or more units gave besides facts. */
export interface ExtractTally {
  records: number
  /** Facts given, copies of one record and parts of one script counted each. */
  facts: number
  bytes: number
  readonly hosts: Set<string>
  /** The host that an input's facts are of, by index of the input; null when they are of several. */
  readonly hostOf: Map<number, string | null>
  readonly scripts: SeenScripts
  /** Where clocks were moved, in no order that matters. */
  readonly clockSteps: ClockSteps
  /** All records, by host and log. */
  readonly logs: LogCounts
  readonly notes: Note[]
  readonly problems: Problem[]
  /** Records whose key field could not be read; problems are made of them when all units are read. */
  readonly unreadable: UnreadableRecords
  unlistedProblems: number
}

export const newTally = (): ExtractTally => ({
  records: 0,
  facts: 0,
  bytes: 0,
  hosts: new Set(),
  hostOf: new Map(),
  scripts: noScripts(),
  clockSteps: new Map(),
  logs: noLogCounts(),
  notes: [],
  problems: [],
  unreadable: new Map(),
  unlistedProblems: 0,
})

/** What reading works with, and where its facts go. */
export interface Extracting {
  readonly reader: RecordReader
  readonly readDefinition: ReadDefinition
  readonly give: (fact: Fact) => void
  /** Told of each record whose key field cannot be read, by its place. */
  readonly lost?: (position: number, reason: string) => void
  readonly progress?: (bytes: number, records: number) => void
}

/** Records of one unit in, facts out. */
export async function extract(
  unit: Unit,
  { reader, readDefinition, give, lost = () => {}, progress = () => {} }: Extracting,
  tally: ExtractTally,
): Promise<void> {
  let problems = 0
  const report = (problem: Problem) => {
    if (problems++ < mostProblems) tally.problems.push(problem)
    else tally.unlistedProblems++
  }
  const unreadable: UnreadableRecords = new Map()
  const tools = { readDefinition }
  const scripts = joinInUnit(tally.scripts, give)
  // Records of one host come in a row.
  let lastHost: string | null = null
  let read: ReadTally = { records: 0, bytes: 0 }
  try {
    read = await reader.read(
      unit,
      (record) => {
        const result = normalize(record, tools)
        if (result === null) return
        if (result.kind === 'unreadable') {
          lost(record.position, result.reason)
          if (!noteUnreadable(unreadable, unit.name, record, result)) tally.unlistedProblems++
          return
        }
        tally.facts++
        if (result.host !== lastHost) {
          lastHost = result.host
          if (tally.hosts.size < mostHosts) tally.hosts.add(result.host)
          noteHost(tally.hostOf, unit.source, result.host)
        }
        if (result.kind === 'clock-changed') noteStep(tally.clockSteps, stepOf(result))
        if (result.kind === 'script-ran' && isPart(result)) scripts.add(result)
        else give(result)
      },
      report,
      progress,
    )
  } finally {
    // Also where a fault ends it: what came until then is of use.
    scripts.end()
    addUnreadable(tally.unreadable, unreadable)
    addNotes(tally.notes, read.notes ?? [])
    tally.records += read.records
    tally.bytes += read.bytes
  }
}

/** Ranges of one input say the same. */
export function addNotes(to: Note[], from: readonly Note[]): void {
  for (const note of from) {
    const isKnown = to.some(({ file, code, text }) => file === note.file && code === note.code && text === note.text)
    if (!isKnown && to.length < mostProblems) to.push(note)
  }
}

/** An input with another host's facts in it belongs to none. */
export function noteHost(hostOf: Map<number, string | null>, source: number, host: string | null): void {
  const known = hostOf.get(source)
  hostOf.set(source, known === undefined || known === host ? host : null)
}
