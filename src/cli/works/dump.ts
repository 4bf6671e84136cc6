import { isAscii } from 'node:buffer'
import { EvtxDecoder, JsonLines } from '../../decode/evtx/index.ts'
import { counted } from '../../model/counted.ts'
import type { Problem } from '../../model/problem.ts'
import { legible, safeJson } from '../../report/index.ts'
import type { OnProgress } from '../../run/progress.ts'
import { readEvtx } from '../../sources/evtx-file.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { bytesToRead } from '../../sources/input.ts'
import { findInputs, type Input } from '../../sources/inputs.ts'
import { cannotRead } from '../../sources/reason.ts'
import { lookAtWiped } from '../../sources/wiped-log.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Output, openOutput } from '../output.ts'
import { WriteError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { ProblemLines } from './gaps.ts'

export interface DumpWanted {
  readonly paths: readonly string[]
  /** The kind that inputs are taken for, whatever they look like. */
  readonly source: ForcedKind | null
  /** Milliseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly followLinks: boolean
  readonly quiet: boolean
}

/** Bytes of output that are gathered before they are written. */
const writeSize = 1 << 20

/** `tasktrail dump`: every record as a JSON line, file by file in the order of their names. */
export async function dumpWork(wanted: DumpWanted, around: Surroundings): Promise<number> {
  const { paths, source: forced, followLinks } = wanted
  const { standardInput, temporary, out } = around
  const say = wanted.quiet ? () => {} : around.say
  const found = await findInputs(paths, { standardInput, forced, followLinks, temporary })
  const told = new ProblemLines(say)
  for (const problem of found.problems) told.add(problem)
  const [logs, others] = partition(found.inputs, ({ kind }) => kind === 'evtx')
  const [wiped, leftAlone] = partition(others, ({ kind }) => kind === 'wiped-log')
  for (const input of wiped) told.add((await lookAtWiped(input)).problem)
  const output = openOutput(out, around.freeTerminal)
  const dumped = await dumpLogs(logs, { ...wanted, report: (problem) => told.add(problem) }, output, around.onProgress)
  output.end()
  told.end()
  const unmet = unmetOf(dumped, logs, told.count + leftAlone.length + found.skipped.length)
  if (dumped.isRead) {
    sayLeftAlone(leftAlone, found.skipped, say)
    if (unmet !== null) say(`nothing was looked at: ${unmet}`)
  }
  if (told.hasOwnFault) return exitCodes.ownFault
  if (logs.length === 0 || unmet !== null) return exitCodes.nothing
  return told.count > 0 ? exitCodes.damaged : exitCodes.done
}

interface Dumped {
  records: number
  /** Those of the time that was asked for. */
  ofTime: number
  /** False when whoever read our output is gone. */
  isRead: boolean
}

async function dumpLogs(
  logs: readonly Input[],
  { since, until, report }: DumpWanted & { readonly report: (problem: Problem) => void },
  output: Output,
  onProgress: OnProgress,
): Promise<Dumped> {
  const decoder = new EvtxDecoder({ interests: 'all' })
  const lines = new JsonLines()
  const dumped: Dumped = { records: 0, ofTime: 0, isRead: true }
  const total = bytesToRead(logs)
  let done = 0
  const flush = () => {
    dumped.isRead = output.write(cleaned(lines.bytes()))
    lines.clear()
    if (!dumped.isRead) throw new NobodyReads()
  }
  try {
    for (const [source, { path, name, packed }] of logs.entries()) {
      try {
        await readEvtx(
          decoder,
          { path, name, source, packed },
          {
            visit(record) {
              dumped.records++
              if ((since !== null && record.time < since) || (until !== null && record.time >= until)) return
              dumped.ofTime++
              lines.write(record)
              if (lines.length >= writeSize) flush()
            },
            report,
            progress(bytes) {
              done += bytes
              onProgress({ stage: 'reading', done, total, records: dumped.records, input: name })
            },
          },
        )
      } catch (error) {
        if (error instanceof NobodyReads || error instanceof WriteError) throw error
        report(cannotRead(name, error))
      }
    }
    flush()
  } catch (error) {
    if (!(error instanceof NobodyReads)) throw error
  }
  return dumped
}

/** Why nothing was dumped, where nothing was looked at; `others` counts what is told of otherwise. */
function unmetOf({ records, ofTime }: Dumped, logs: readonly Input[], others: number): string | null {
  if (logs.length === 0 && others === 0) return 'there is no file to read'
  if (records === 0 || ofTime > 0) return null
  return `none of ${counted(records, 'record')} is of the time that was asked for`
}

/** Whole lines of JSON with nothing in them that steers a terminal; plain ASCII, the most of them, is let through as it is. */
function cleaned(json: Uint8Array): Uint8Array | string {
  if (isAscii(json) && !json.includes(0x7f)) return json
  return safeJson(Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8'))
}

/** Thrown out of a reader when whoever read our output is gone. */
class NobodyReads extends Error {}

/** What is no EVTX file, in one line. */
function sayLeftAlone(
  others: readonly Input[],
  skipped: readonly { readonly count: number }[],
  say: (line: string) => void,
): void {
  const kinds = new Map<string, number>()
  for (const { kind } of others) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const unknown = skipped.reduce((sum, { count }) => sum + count, 0)
  if (unknown > 0) kinds.set('of a kind that is not known', unknown)
  const count = others.length + unknown
  if (count === 0) return
  const named = others[0] ? `, the first is ${legible(others[0].name)}` : ''
  const list = [...kinds].map(([kind, n]) => `${n} ${kind}`).join(', ')
  say(`${counted(count, 'file')} left alone, for only EVTX is dumped: ${list}${named}`)
}

const partition = <T>(all: readonly T[], isIn: (one: T) => boolean): [T[], T[]] => [
  all.filter(isIn),
  all.filter((one) => !isIn(one)),
]
