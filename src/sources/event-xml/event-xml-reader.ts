import type { OpenReader, ReadTally, RecordReader } from '../../engine/ports.ts'
import { beginningOfUnit, textBlocks, textFile } from '../content/text-blocks.ts'
import { FoldedProblems } from '../events/folded-problems.ts'
import { interestKeys } from '../events/interest-keys.ts'
import { cannotRead } from '../reason.ts'
import { EventXmlEvents } from './event-xml-events.ts'
import { EventXmlSieve } from './event-xml-sieve.ts'
import { EventXmlSplitter } from './event-xml-splitter.ts'

/** Enough to tell how a file is packed and written. */
const telling = 64 << 10

/** Reads files of Windows events as XML, packed or not, in UTF-8 or UTF-16, one event a line or all in one document. */
export const openEventXmlReader: OpenReader = (interests): RecordReader => {
  const sieve = new EventXmlSieve(interests)
  const wanted = interestKeys(interests)
  return {
    async read(unit, visit, report, progress) {
      const problems = new FoldedProblems(unit.name)
      const events = new EventXmlEvents(sieve, wanted, unit.source, problems, visit)
      let tally: ReadTally = { records: 0, bytes: 0 }
      try {
        const splitter = new EventXmlSplitter(events)
        let bytes = 0
        let told = 0
        const advance = (more: number) => {
          bytes += more
          progress(more, events.records - told)
          told = events.records
        }
        const file = textFile(unit, await beginningOfUnit(unit, telling))
        for await (const block of textBlocks(file, report, advance)) splitter.push(block)
        splitter.end()
        if (events.records === 0)
          report({ file: unit.name, offset: null, chunk: null, code: 'no-events', reason: 'no event in it' })
        tally = { records: events.records, bytes }
      } catch (error) {
        report(cannotRead(unit.name, error))
      }
      problems.report(report)
      return tally
    },
  }
}

/** The namespace says what it is, whatever stands before it (evtx_dump writes the record's number). */
const named = /<Event\s[^<>]{0,200}\bhttp:\/\/schemas\.microsoft\.com\/win\/2004\/08\/events\/event\b/
/** Without it, only a declaration, a comment, the element around all, or the end of an event comes before the first. */
const unnamed =
  /^[\s\0\xef\xbb\xbf]*(?:<\?[^>]{0,200}\?>\s*)?(?:<Events[^>]{0,200}>\s*)?<Event[\s>][\s\S]{0,300}?<System[\s>]/

/** Of an input whose beginning tells nothing so much is looked at. */
const furthest = 24 << 20
const longestTag = 512

/** Whether an event begins somewhere in a text, of which the first megabytes are looked at. */
export async function hasEventXml(text: AsyncIterable<Buffer>): Promise<boolean> {
  let met = 0
  let last = ''
  for await (const block of text) {
    const here = last + block.toString('latin1')
    if (named.test(here)) return true
    last = here.slice(-longestTag)
    met += block.length
    if (met > furthest) return false
  }
  return false
}

/** Whether a text, in UTF-8, is or begins with a Windows event as XML. */
export function looksLikeEventXml(beginning: Buffer): boolean {
  const text = beginning.toString('latin1')
  return named.test(text) || unnamed.test(text)
}
