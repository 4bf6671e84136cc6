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
import { JsonPosts } from '../../sources/json/json-posts.ts'
import type { ClockMemory } from '../../sources/json/local-clock.ts'
import type { SourceKind } from '../../sources/kinds.ts'
import type { ItemProblem, Post, ReadPost } from '../ports.ts'
import { contentOf, type PostContent } from './content-of-post.ts'
import { ItemProblems } from './item-places.ts'
import { OriginalBytes } from './original-bytes.ts'
import { shardFacts } from './shard-facts.ts'

/** A post as a thread takes it: without its sender, but for whom that may speak. */
export interface PostToRead extends Pick<Post, 'bytes' | 'kind' | 'items'> {
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
export const unreadPost = (code: ItemProblem['code'], reason: string): ReadPost => ({
  records: 0,
  shards: [],
  problems: [{ item: null, code, reason }],
  unlisted: 0,
})

/** Reads posts one after the other with the readers that `scan` has; what these learn (compiled templates) is kept. */
export class PostReader {
  #counter = new LogCounter(noLogCounts())
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
      return { read: unreadPost('damaged', faultText(error)), clock: null }
    }
  }

  #open() {
    const look = (record: WindowsRecord, bytes: number | null) => this.#counter.note(record, bytes)
    return { files: openReader(interests, look), json: new JsonPosts(interests, look) }
  }

  async #read(post: PostToRead, content: PostContent, kind: SourceKind): Promise<ReadWithClock> {
    const problems = new ItemProblems(post.items)
    const facts: Fact[] = []
    const isTheirs = hostsOf(post.hosts)
    const give = (fact: Fact) => {
      if (isTheirs(shardOf(fact))) facts.push(fact)
      else problems.add('not-yours', fact.position, `this sender may not speak for ${JSON.stringify(fact.host)}`)
    }
    const lost = (position: number, reason: string) => problems.add('damaged', position, reason)
    const tally = newTally()
    this.#counter = new LogCounter(tally.logs)
    const clocks: { shown: ClockMemory | null } = { shown: null }
    const own = isJson(kind) ? this.#jsonReader(post, content, problems, clocks) : this.#readers.files
    const reader = withFaultsTold(own, (position, error) => problems.add('damaged', position, faultText(error)))
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
    await extract(unit, { reader, readDefinition, give, lost }, tally)
    tellRest(tally, problems)
    for (const [key, { host }] of tally.logs.series) if (!isTheirs(hostKey(host))) tally.logs.series.delete(key)
    const shards = shardFacts(facts, tally.logs, new OriginalBytes(content.bytes, kind))
    return {
      read: { records: tally.records, shards, problems: problems.listed, unlisted: problems.unlisted },
      clock: clocks.shown,
    }
  }

  /** JSON is read from memory at once; where the protocol has items, each problem is told by itself. */
  #jsonReader(
    { items, clock }: PostToRead,
    { bytes, kind }: PostContent,
    problems: ItemProblems,
    clocks: { shown: ClockMemory | null },
  ): RecordReader {
    const { json } = this.#readers
    return {
      async read({ name }, visit, report): Promise<ReadTally> {
        const folded = new FoldedProblems(name, (code, offset, example) => {
          if (items !== null && !harmless.has(code)) problems.add(codeOf(code), offset, reasonOf(code, example))
        })
        const isLines = kind === 'json-lines'
        const {
          records,
          notes,
          clock: shown,
        } = json.read({ text: bytes, name, isLines, clock, problems: folded }, visit)
        clocks.shown = shown
        if (items === null) folded.report(report)
        return { records, bytes: bytes.length, notes }
      },
    }
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

const hostsOf = (hosts: readonly string[] | null): ((shard: string) => boolean) => {
  if (hosts === null) return () => true
  const own = new Set(hosts)
  return (shard) => own.has(shard)
}

/** What readers tell of a whole post, or of all its problems of one kind. */
function tellRest({ problems, unlistedProblems, notes }: ExtractTally, to: ItemProblems): void {
  for (const { code, offset, reason } of problems) to.add(codeOf(code), offset, reason)
  for (const { code, text } of notes) if (code === 'unknown-zone') to.add('damaged', null, text)
  to.unlisted += unlistedProblems
}

const noRecords = ({ bytes }: PostContent): ReadPost =>
  bytes.length === 0
    ? { records: 0, shards: [], problems: [], unlisted: 0 }
    : unreadPost('not-a-record', 'it is of no form that is known')
