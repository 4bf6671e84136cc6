import { counted } from '../../model/counted.ts'
import type { Problem } from '../../model/problem.ts'
import type { Interest } from '../../model/record.ts'
import { dataChecksum, readChunkHeader } from './chunk-header.ts'
import { ChunkSpace } from './chunk-space.ts'
import { damageOf, hex } from './damage.ts'
import { InterestIndex, type ProviderInterest } from './interest-index.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from './limits.ts'
import { type ChunkPlace, ProblemList } from './problem-list.ts'
import { EvtxRecord } from './record.ts'
import { RecordWalk } from './record-walk.ts'
import { SystemItem } from './system-plan.ts'
import type { Template } from './template.ts'
import { TemplateCache } from './template-cache.ts'

/** What a chunk held. */
export interface ChunkTally {
  /** Records that were looked at, damaged ones included. */
  readonly records: number
  /** Records that were handed to the visitor. */
  readonly wanted: number
  /** Records, or places where one should be, of which something could not be read. */
  readonly damaged: number
  /** Earliest and latest time of a record, in milliseconds; Infinity and -Infinity when there is none. */
  readonly earliest: number
  readonly latest: number
}

export interface EvtxDecoderOptions {
  /** The kinds of event that are handed to the visitor. */
  readonly interests: readonly Interest[] | 'all'
  /** Told of every record whose head can be read, with its length. */
  readonly look?: ((record: EvtxRecord, bytes: number) => void) | undefined
}

const EMPTY_CHUNK = Buffer.alloc(CHUNK_SIZE)

/**
 * Reads chunks of EVTX files. It looks at each record's head where it lies and hands over only those that somebody is
 * interested in; of these, only what is asked for is decoded. It keeps compiled templates from chunk to chunk, in any
 * order and of any file, and nothing else.
 */
export class EvtxDecoder {
  readonly #interests: InterestIndex | null
  readonly #look: EvtxDecoderOptions['look']
  readonly #space = new ChunkSpace(new TemplateCache())
  readonly #record: EvtxRecord
  /** What is wanted of the records of a template that names its provider literally. */
  readonly #ofTemplate = new WeakMap<Template, ProviderInterest | null>()

  constructor(options: EvtxDecoderOptions) {
    this.#interests = options.interests === 'all' ? null : new InterestIndex(options.interests)
    this.#look = options.look
    this.#record = new EvtxRecord(this.#space)
  }

  /**
   * Reads one chunk; fewer bytes than a chunk are one that is cut. `visit` gets the same record object every time.
   * Everything that could not be read goes to `report`; nothing is thrown but what `visit` throws.
   */
  chunk(
    bytes: Buffer,
    place: ChunkPlace,
    visit: (record: EvtxRecord) => void,
    report: (problem: Problem) => void,
  ): ChunkTally {
    const tally = { records: 0, wanted: 0, damaged: 0, earliest: Infinity, latest: -Infinity }
    const problems = new ProblemList(place, report)
    const walk = openChunk(bytes, place, problems)
    if (walk === undefined) return tally

    const record = this.#record
    record.source = place.source
    record.chunkOffset = place.offset
    this.#space.open(walk.bytes)
    while (walk.next()) {
      tally.records += 1
      try {
        record.open(walk.at, walk.size)
        if (record.time < tally.earliest) tally.earliest = record.time
        if (record.time > tally.latest) tally.latest = record.time
        this.#look?.(record, walk.size)
        if (!this.#wants(record)) {
          if (record.damage === null) continue
          problems.add(record.damage.code, walk.at, `part of the record is lost: ${record.damage.message}`)
          tally.damaged += 1
          continue
        }
      } catch (error) {
        const damage = damageOf(error, walk.at)
        problems.add(damage.code, walk.at, `the record is lost: ${damage.message}`)
        tally.damaged += 1
        continue
      }
      tally.wanted += 1
      visit(record)
      if (record.damage !== null) {
        problems.add(record.damage.code, walk.at, `part of the record is lost: ${record.damage.message}`)
        tally.damaged += 1
      }
    }
    tally.damaged += walk.gaps
    problems.end()
    return tally
  }

  #wants(record: EvtxRecord): boolean {
    if (this.#interests === null) return true
    const interest = this.#ofProvider(record, this.#interests)?.get(record.eventId)
    return interest !== undefined && record.couldMatter(interest)
  }

  #ofProvider(record: EvtxRecord, interests: InterestIndex): ProviderInterest | null {
    const { template } = record.event
    const literal = template.system.literals[SystemItem.provider]
    if (literal === null || literal === undefined) return interests.of(record.provider)
    let found = this.#ofTemplate.get(template)
    if (found === undefined) {
      found = interests.of(literal)
      this.#ofTemplate.set(template, found)
    }
    return found
  }
}

/** Checks a chunk's header; undefined when there is nothing to read in it. */
function openChunk(bytes: Buffer, place: ChunkPlace, problems: ProblemList): RecordWalk | undefined {
  const chunk = bytes.length > CHUNK_SIZE ? bytes.subarray(0, CHUNK_SIZE) : bytes
  if (chunk.length < CHUNK_HEADER_SIZE) {
    if (!isZero(chunk))
      problems.add('truncated', 0, `a chunk of ${counted(chunk.length, 'byte')} has no room for its header`)
    return undefined
  }
  const header = readChunkHeader(chunk)
  if (header === undefined) {
    // Windows allocates chunks ahead: zeros are space that was never used.
    if (isZero(chunk)) return undefined
    const walk = new RecordWalk(chunk, undefined, problems)
    const lost = walk.isAtRecord() ? 'its records are read all the same' : 'nothing in it can be read'
    problems.add('bad-chunk-header', 0, `the chunk does not begin with ElfChnk; ${lost}`)
    return walk.isAtRecord() ? walk : undefined
  }
  const { freeSpace } = header
  if (freeSpace < CHUNK_HEADER_SIZE || freeSpace > CHUNK_SIZE) {
    problems.add('bad-chunk-header', 48, `free space is said to begin at ${hex(freeSpace)}`)
    return new RecordWalk(chunk, undefined, problems)
  }
  const checked = !header.withoutChecksums && !place.mayLag
  if (checked && !header.headerChecksumMatches)
    problems.add('bad-checksum', 124, "the chunk header's checksum is wrong")
  if (checked && chunk.length >= freeSpace) {
    const found = dataChecksum(chunk, freeSpace)
    if (found !== header.dataChecksum) {
      const message = `the records' checksum is ${found.toString(16)}, the header says ${header.dataChecksum.toString(16)}`
      problems.add('bad-checksum', 52, message)
    }
  }
  return new RecordWalk(chunk, freeSpace, problems)
}

function isZero(bytes: Buffer): boolean {
  return bytes.equals(EMPTY_CHUNK.subarray(0, bytes.length))
}
