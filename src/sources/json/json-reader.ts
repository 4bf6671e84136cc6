import { statSync } from 'node:fs'
import type { OpenReader, ReadTally, RecordReader, Unit } from '../../engine/ports.ts'
import type { Problem } from '../../model/problem.ts'
import { fileBlocks, fileSamples } from '../content/file-blocks.ts'
import { beginningOfUnit, contentBeginning, type TextFile, textBlocks, textFile } from '../content/text-blocks.ts'
import { beginningAsUtf8 } from '../content/utf16.ts'
import { FoldedProblems } from '../events/folded-problems.ts'
import { cannotRead } from '../reason.ts'
import { EventRecords } from './event-records.ts'
import { EventSieve } from './event-sieve.ts'
import { JsonEvents } from './json-events.ts'
import { LineSplitter } from './line-splitter.ts'
import { LocalClock } from './local-clock.ts'
import { type JsonLook, lookAtJson, splitterOf } from './look.ts'
import { lookFurther } from './look-further.ts'
import { surveyContent, surveySamples } from './survey.ts'
import { wantedRecords } from './wanted-records.ts'

/** Bytes of one step into which a file with an event a line can be cut. */
export const jsonStep = 64 << 10

/** What is looked at to tell what an input is. */
export const jsonSniffSize = 256 << 10

const samples = 256
const sampleSize = 64 << 10

/** Reads files of Windows events as JSON, packed or not, and ranges of those with an event a line. */
export const openJsonReader: OpenReader = (interests): RecordReader => {
  const sieve = new EventSieve(interests)
  const wanted = wantedRecords(interests)
  let known: { name: string; file: OpenedFile } | undefined
  return {
    async read(unit, visit, report, progress) {
      const problems = new FoldedProblems(unit.name)
      let tally: ReadTally = { records: 0, bytes: 0 }
      try {
        if (known?.name !== unit.name) known = { name: unit.name, file: await openFile(unit) }
        const { file } = known
        const records = new EventRecords({ wanted, source: unit.source, clock: file.clock, problems, visit })
        const events = new JsonEvents(sieve, problems, records)
        tally = await readUnit(unit, file, { events, records }, report, progress)
      } catch (error) {
        report(cannotRead(unit.name, error))
      }
      problems.report(report)
      return tally
    },
  }
}

interface OpenedFile {
  readonly look: JsonLook
  /** Packed, or in UTF-16: it can only be read from its beginning to its end. */
  readonly streamed: TextFile | null
  readonly clock: LocalClock
}

/** Of an input that was said to be JSON, and in which no event was found in any form that is known. */
const nothingKnown = (beginning: Buffer): JsonLook => ({
  layout: /^[\s\0\xef\xbb\xbf]*\[/.test(beginning.toString('latin1')) ? 'documents' : 'lines',
  carriers: [],
  localTimes: false,
})

/** What is damaged is told when it is read. */
const quiet = () => {}

async function openFile(unit: Unit): Promise<OpenedFile> {
  const beginning = await beginningOfUnit(unit, jsonSniffSize)
  const file = textFile(unit, beginning)
  const streamed = file.packed || file.isPacked || file.utf16 !== null ? file : null
  const text = beginningAsUtf8(contentBeginning(beginning))
  const look = lookAtJson(text) ?? (await lookFurther(textBlocks(file, quiet, quiet))) ?? nothingKnown(text)
  const clock = look.localTimes ? await clockOf(unit.path, look, streamed) : new LocalClock()
  return { look, streamed, clock }
}

async function clockOf(path: string, { layout }: JsonLook, streamed: TextFile | null): Promise<LocalClock> {
  if (streamed) return surveyContent(textBlocks(streamed, quiet, quiet), layout)
  if (layout !== 'lines') return surveyContent(fileBlocks(path), layout)
  return surveySamples(fileSamples(path, statSync(path).size, samples, sampleSize))
}

async function readUnit(
  unit: Unit,
  { look, streamed }: OpenedFile,
  { events, records }: { readonly events: JsonEvents; readonly records: EventRecords },
  report: (problem: Problem) => void,
  progress: (bytes: number, records: number) => void,
): Promise<ReadTally> {
  let bytes = 0
  let told = 0
  const advance = (more: number) => {
    bytes += more
    progress(more, records.count - told)
    told = records.count
  }
  if (streamed) {
    const splitter = splitterOf(look.layout, events)
    for await (const block of textBlocks(streamed, report, advance)) splitter.push(block)
    splitter.end()
  } else if (look.layout !== 'lines') {
    const splitter = splitterOf(look.layout, events)
    for (const block of fileBlocks(unit.path)) {
      splitter.push(block)
      advance(block.length)
    }
    splitter.end()
  } else readLines(unit, events, advance)
  return { records: records.count, bytes, notes: records.notes(unit.name) }
}

/** The lines that begin in the unit's range; the last may end after it. */
function readLines(unit: Unit, events: JsonEvents, advance: (bytes: number) => void): void {
  const from = unit.from * jsonStep
  const to = unit.to * jsonStep
  // one byte earlier, so that a line that begins exactly here is seen to begin
  const start = from === 0 ? 0 : from - 1
  const splitter = new LineSplitter(events, start, from > 0)
  let at = start
  for (const block of fileBlocks(unit.path, start)) {
    const end = at + block.length
    if (end < to) splitter.push(block)
    else {
      // of what begins before the end, the rest is in this block or, for a very long line, in a later one
      const last = block.indexOf(0x0a, Math.max(0, to - 1 - at))
      splitter.push(last === -1 ? block : block.subarray(0, last + 1))
      if (last !== -1) {
        advance(Math.max(0, to - Math.max(at, from)))
        break
      }
    }
    advance(Math.max(0, Math.min(end, to) - Math.max(at, from)))
    at = end
  }
  splitter.end()
}
