import { isAscii } from 'node:buffer'
import { EvtxDecoder, JsonLines } from '../../decode/evtx/index.ts'
import { counted } from '../../model/counted.ts'
import { ownFaultCode } from '../../model/problem.ts'
import { legible, safeJson } from '../../report/index.ts'
import { readEvtx } from '../../sources/evtx-file.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { findInputs, type Input } from '../../sources/inputs.ts'
import { cannotRead } from '../../sources/reason.ts'
import { exitCodes } from '../exit-codes.ts'
import { openOutput } from '../output.ts'
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
  readonly quiet: boolean
}

/** Bytes of output that are gathered before they are written. */
const writeSize = 1 << 20

/** `tasktrail dump`: every record as a JSON line, file by file in the order of their names. */
export async function dumpWork(
  { paths, source: forced, since, until, quiet }: DumpWanted,
  { standardInput, temporary, onProgress, out, say }: Surroundings,
): Promise<number> {
  const { inputs, problems, skipped } = await findInputs(paths, { standardInput, forced, temporary })
  const told = new ProblemLines(quiet ? () => {} : say)
  for (const problem of problems) told.add(problem)
  const files = inputs.filter(({ kind }) => kind === 'evtx')
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const output = openOutput(out)
  const decoder = new EvtxDecoder({ interests: 'all' })
  const lines = new JsonLines()
  let isRead = true
  let hasOwnFault = false
  let done = 0
  const flush = () => {
    isRead = output.write(cleaned(lines.bytes()))
    lines.clear()
    if (!isRead) throw new NobodyReads()
  }
  try {
    for (const [source, { path, name, packed }] of files.entries()) {
      try {
        await readEvtx(
          decoder,
          { path, name, source, packed },
          {
            visit(record) {
              if ((since !== null && record.time < since) || (until !== null && record.time >= until)) return
              lines.write(record)
              if (lines.length >= writeSize) flush()
            },
            report: (problem) => told.add(problem),
            progress(bytes) {
              done += bytes
              onProgress({ stage: 'reading', done, total, records: 0, input: name })
            },
          },
        )
      } catch (error) {
        if (error instanceof NobodyReads || error instanceof WriteError) throw error
        const problem = cannotRead(name, error)
        hasOwnFault ||= problem.code === ownFaultCode
        told.add(problem)
      }
    }
    flush()
  } catch (error) {
    if (!(error instanceof NobodyReads)) throw error
  }
  output.end()
  told.end()
  if (!quiet && isRead)
    sayLeftAlone(
      inputs,
      skipped.reduce((sum, { count }) => sum + count, 0),
      say,
    )
  if (hasOwnFault) return exitCodes.ownFault
  if (files.length === 0) return exitCodes.nothing
  return told.count > 0 ? exitCodes.damaged : exitCodes.done
}

/** Whole lines of JSON with nothing in them that steers a terminal; plain ASCII, the most of them, is let through as it is. */
function cleaned(json: Uint8Array): Uint8Array | string {
  if (isAscii(json) && !json.includes(0x7f)) return json
  return safeJson(Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8'))
}

/** Thrown out of a reader when whoever read our output is gone. */
class NobodyReads extends Error {}

/** What is no EVTX file, in one line. */
function sayLeftAlone(inputs: readonly Input[], skipped: number, say: (line: string) => void): void {
  const kinds = new Map<string, number>()
  for (const { kind } of inputs) if (kind !== 'evtx') kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  if (skipped > 0) kinds.set('of a kind that is not known', skipped)
  const others = inputs.filter(({ kind }) => kind !== 'evtx')
  const count = others.length + skipped
  if (count === 0) {
    if (inputs.length === 0) say('nothing was looked at: there is no file to read')
    return
  }
  const named = others[0] ? `, the first is ${legible(others[0].name)}` : ''
  const list = [...kinds].map(([kind, n]) => `${n} ${kind}`).join(', ')
  say(`${counted(count, 'file')} left alone, for only EVTX is dumped: ${list}${named}`)
}
