import { LogCounter, noLogCounts } from '../../coverage/index.ts'
import { readDefinition } from '../../decode/task-xml/index.ts'
import { type ExtractTally, extract, newTally } from '../../engine/extract.ts'
import { shardOf } from '../../engine/fact-order.ts'
import type { ReadTally, RecordReader, Unit } from '../../engine/ports.ts'
import type { Fact } from '../../model/fact.ts'
import { hostKey } from '../../model/host.ts'
import { faultText } from '../../model/problem.ts'
import type { WindowsRecord } from '../../model/record.ts'
import { interests } from '../../normalize/index.ts'
import { FoldedProblems, reasonOf } from '../../sources/events/folded-problems.ts'
import { openReader } from '../../sources/index.ts'
import type { Held } from '../../sources/json/held-events.ts'
import { JsonPosts } from '../../sources/json/json-posts.ts'
import type { ClockMemory } from '../../sources/json/local-clock.ts'
import type { SourceKind } from '../../sources/kinds.ts'
import type { ItemProblem, Post, ReadPost } from '../ports.ts'
import { contentOf, type PostContent } from './content-of-post.ts'
import { ItemProblems } from './item-places.ts'
import { OriginalBytes } from './original-bytes.ts'
import { shardFacts } from './shard-facts.ts'

/** A post as a thread takes it: without its sender, but for whom that may speak. */
export interface PostToRead extends Pick<Post, 'bytes' | 'kind' | 'items' | 'takenTo'> {
  readonly hosts: readonly string[] | null
  /** What the clock of the same source has shown before. */
  readonly clock: ClockMemory | null
}

export interface ReadWithClock {
  readonly read: ReadPost
  readonly clock: ClockMemory | null
}

/** What was replaced or left out where the rest of the event was read: the record is taken all the same. */
const harmless = new Set(['bad-utf8', 'control-characters'])
/** What there was of a record, and could not be used. */
const damaged = new Set(['no-data', 'no-time', 'bad-event-xml', 'too-deep'])

const codeOf = (code: string): ItemProblem['code'] => (damaged.has(code) ? 'damaged' : 'not-a-record')

const isJson = (kind: SourceKind): boolean => kind === 'json' || kind === 'json-lines'

/** Nothing of it could be used, for one reason. */
export const unreadPost = (bytes: number, code: ItemProblem['code'], reason: string): ReadPost => ({
  records: 0,
  contentBytes: bytes,
  shards: [],
  problems: [{ item: null, code, reason }],
  unlisted: 0,
})

/** Reads posts one after the other with the readers that `scan` has; what these learn (compiled templates) is kept. */
export class PostReader {
  #counter = new LogCounter(noLogCounts())
  /** Of the post in hand: the place before which records were taken before, and how many these are. */
  #takenTo = 0
  #known = 0
  #readers = this.#open()
  #posts = 0

  /** Never throws: a fault of ours is a problem of the post, too. */
  async read(post: PostToRead): Promise<ReadWithClock> {
    try {
      const content = await contentOf(post.bytes, post.kind)
      if (content.kind === null) return { read: noRecords(content), clock: null }
      return await this.#read(post, content, content.kind)
    } catch (error) {
      // nobody knows in which state it has left the readers
      this.#readers = this.#open()
      return { read: unreadPost(post.bytes.length, 'damaged', faultText(error)), clock: null }
    }
  }

  #open() {
    const look = (record: WindowsRecord, bytes: number | null) => {
      if (record.position >= this.#takenTo) this.#counter.note(record, bytes)
      else this.#known++
    }
    return { files: openReader(interests, look), json: new JsonPosts(interests, look) }
  }

  async #read(post: PostToRead, content: PostContent, kind: SourceKind): Promise<ReadWithClock> {
    const pass = new PostPass(post)
    const tally = newTally()
    this.#counter = new LogCounter(tally.logs)
    this.#takenTo = post.takenTo ?? 0
    this.#known = 0
    const { json, files } = this.#readers
    const own = isJson(kind) ? jsonReader(json, post, content, pass) : files
    const reader = withFaultsTold(own, (position, error) => pass.lost(position, faultText(error)))
    const unit: Unit = {
      source: 0,
      path: '',
      packed: content.packed,
      // readers may remember a name
      name: `post ${this.#posts++}`,
      kind,
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      bytes: content.bytes.length,
    }
    await extract(unit, { reader, readDefinition, give: pass.give, lost: pass.lost }, tally)
    const { facts, problems, apart, clock } = pass
    tellRest(tally, problems)
    for (const [key, { host }] of tally.logs.series) if (!pass.isTheirs(hostKey(host))) tally.logs.series.delete(key)
    const shards = shardFacts(facts, tally.logs, new OriginalBytes(content.bytes, kind, apart))
    const records = tally.records - this.#known
    // a place in a table of a lake is the number of a row
    const contentBytes = Math.max(post.bytes.length, content.bytes.length, records)
    return {
      read: { records, contentBytes, shards, problems: problems.listed, unlisted: problems.unlisted },
      clock,
    }
  }
}

/** What comes of one post while it is read. */
class PostPass {
  readonly problems: ItemProblems
  readonly facts: Fact[] = []
  /** Of facts that are of one of many records in one value that record by itself. */
  readonly apart = new Map<number, string>()
  readonly isTheirs: (shard: string) => boolean
  clock: ClockMemory | null = null
  #oneOfMany: { readonly position: number; readonly held: Held } | null = null
  readonly #takenTo: number

  constructor({ items, hosts, takenTo = 0 }: PostToRead) {
    this.problems = new ItemProblems(items)
    this.#takenTo = takenTo
    const own = hosts && new Set(hosts)
    this.isTheirs = (shard) => own === null || own.has(shard)
  }

  readonly give = (fact: Fact): void => {
    const { position, host } = fact
    if (position < this.#takenTo) return
    if (!this.isTheirs(shardOf(fact))) {
      this.problems.add('not-yours', position, `this sender may not speak for ${JSON.stringify(host)}`)
      return
    }
    this.facts.push(fact)
    if (this.#oneOfMany?.position === position) this.apart.set(position, textOf(this.#oneOfMany.held))
  }

  readonly lost = (position: number, reason: string): void => {
    if (position >= this.#takenTo) this.problems.add('damaged', position, reason)
  }

  readonly oneOfMany = (position: number, held: Held): void => {
    this.#oneOfMany = { position, held }
  }
}

const textOf = (held: Held): string => (held.kind === 'event' ? JSON.stringify(held.event) : held.xml)

/** JSON is read from memory at once; where the protocol has items, each problem is told by itself. */
function jsonReader(json: JsonPosts, { items, clock }: PostToRead, content: PostContent, pass: PostPass): RecordReader {
  return {
    async read({ name }, visit, report): Promise<ReadTally> {
      const problems = new FoldedProblems(name, (code, offset, example) => {
        if (items !== null && !harmless.has(code)) pass.problems.add(codeOf(code), offset, reasonOf(code, example))
      })
      const { bytes: text, kind } = content
      const post = { text, name, isLines: kind === 'json-lines', clock, problems, oneOfMany: pass.oneOfMany }
      const tally = json.read(post, visit)
      pass.clock = tally.clock
      if (items === null) problems.report(report)
      return { records: tally.records, bytes: text.length, notes: tally.notes }
    },
  }
}

/** A fault of ours that one record meets costs that record. */
const withFaultsTold = (reader: RecordReader, tell: (position: number, error: unknown) => void): RecordReader => ({
  read: (unit, visit, report, progress) =>
    reader.read(
      unit,
      (record) => {
        try {
          visit(record)
        } catch (error) {
          tell(record.position, error)
        }
      },
      report,
      progress,
    ),
})

/** What readers tell of a whole post, or of all its problems of one kind. */
function tellRest({ problems, unlistedProblems, notes }: ExtractTally, to: ItemProblems): void {
  for (const { code, offset, reason } of problems) to.add(codeOf(code), offset, reason)
  for (const { code, text } of notes) if (code === 'unknown-zone') to.add('damaged', null, text)
  to.unlisted += unlistedProblems
}

const noRecords = ({ bytes }: PostContent): ReadPost =>
  bytes.length === 0
    ? { records: 0, contentBytes: 0, shards: [], problems: [], unlisted: 0 }
    : unreadPost(bytes.length, 'not-a-record', 'it is of no form that is known')
