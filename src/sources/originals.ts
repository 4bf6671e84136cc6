import { CHUNK_SIZE, EvtxDecoder, JsonLines } from '../decode/evtx/index.ts'
import type { Unit } from '../engine/ports.ts'
import type { Problem } from '../model/problem.ts'
import type { Interest } from '../model/record.ts'
import { fileBlocks } from './content/file-blocks.ts'
import { unpacked } from './content/packed.ts'
import { beginningOfUnit, textBlocks, textFile } from './content/text-blocks.ts'
import { readEvtx } from './evtx-file.ts'
import { openReader } from './index.ts'
import type { Input } from './input.ts'
import { type ItemAt, itemAround } from './item-around.ts'
import { cannotRead } from './reason.ts'

/** A record as its input has it. */
export interface Original {
  /** `recordKey` of it. */
  readonly key: string
  /** Of an event log its place in the file; of text its place in the unpacked content, in UTF-8. */
  readonly position: number
  readonly bytes: Buffer
  /** As JSON; of text that is none, the text. */
  readonly decoded: unknown
  /** The chunk of the event log that holds it, without which it cannot be read. */
  readonly chunk: { readonly offset: number; readonly bytes: Buffer } | null
}

export interface OriginalTaker {
  readonly take: (original: Original) => void
  readonly report: (problem: Problem) => void
}

/** By which a record is found again: its time only where it has no number. */
export const recordKey = (record: {
  readonly channel: string
  readonly eventId: number
  readonly recordId: number
  readonly time: number
}): string => [record.channel, record.eventId, record.recordId, record.recordId > 0 ? '' : record.time].join('\n')

/** What is asked for: records by their keys, and what their reader has to look for. */
export interface Asked {
  readonly source: number
  readonly wanted: ReadonlySet<string>
  readonly interests: readonly Interest[]
}

/** Records are read again one after the other: this is for the few that prove something. */
export async function readOriginals(input: Input, asked: Asked, taker: OriginalTaker): Promise<void> {
  try {
    if (input.kind === 'evtx') await ofLog(input, asked, taker)
    else if (input.kind !== 'parquet') await ofText(input, asked, taker)
  } catch (error) {
    taker.report(cannotRead(input.name, error))
  }
}

async function ofLog(
  { path, name, packed }: Input,
  { source, wanted }: Asked,
  { take, report }: OriginalTaker,
): Promise<void> {
  const lines = new JsonLines()
  await readEvtx(
    new EvtxDecoder({ interests: 'all' }),
    { path, name, source, packed },
    {
      visit(record) {
        const key = recordKey(record)
        if (!wanted.has(key)) return
        lines.clear()
        lines.write(record)
        const chunk = record.space.bytes
        take({
          key,
          position: record.position,
          bytes: Buffer.from(chunk.subarray(record.at, record.end)),
          decoded: JSON.parse(lines.bytes().toString('utf8')),
          chunk: { offset: record.chunkOffset, bytes: chunk.subarray(0, CHUNK_SIZE) },
        })
      },
      report,
    },
  )
}

/** The bytes of an input: of a file, or of a member of an archive as it is unpacked. */
export async function* bytesOf({ path, packed }: Input): AsyncGenerator<Buffer> {
  if (packed) yield* unpacked(packed)
  else yield* fileBlocks(path)
}

/** First where they stand, then what stands there. */
async function ofText(
  { path, name, packed, kind, bytes }: Input,
  { source, wanted, interests }: Asked,
  { take, report }: OriginalTaker,
): Promise<void> {
  const unit: Unit = {
    source,
    path,
    name,
    kind,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    bytes,
    ...(packed ? { packed } : {}),
  }
  const places: Place[] = []
  const quiet = () => {}
  await openReader(interests).read(
    unit,
    (record) => {
      const key = recordKey(record)
      if (wanted.has(key)) places.push({ key, position: record.position })
    },
    quiet,
    quiet,
  )
  places.sort((a, b) => a.position - b.position)
  const windows = new Windows(places, itemAround[kind] ?? itemAround.json, take)
  const file = textFile(unit, await beginningOfUnit(unit, 256 << 10))
  for await (const block of textBlocks(file, report, quiet)) if (!windows.push(block)) break
  windows.end()
}

/** What is looked at on both sides of a place: no event is longer. */
const reach = 1 << 20

type Place = Pick<Original, 'key' | 'position'>

/** Goes along a text and gives what stands at some places, with no more of it in hand than one event is long. */
class Windows {
  readonly #places: readonly Place[]
  readonly #itemAt: ItemAt
  readonly #take: (original: Original) => void
  #next = 0
  #held: Buffer = Buffer.alloc(0)
  /** Where what is held begins. */
  #from = 0

  constructor(places: readonly Place[], itemAt: ItemAt, take: (original: Original) => void) {
    this.#places = places
    this.#itemAt = itemAt
    this.#take = take
  }

  /** False when nothing more is wanted. */
  push(block: Buffer): boolean {
    this.#held = Buffer.concat([this.#held, block])
    this.#give(this.#from + this.#held.length - reach)
    const next = this.#places[this.#next]
    if (next === undefined) return false
    const unused = Math.min(this.#held.length - reach, next.position - reach - this.#from)
    if (unused > 0) {
      this.#held = Buffer.from(this.#held.subarray(unused))
      this.#from += unused
    }
    return true
  }

  end(): void {
    this.#give(Number.POSITIVE_INFINITY)
  }

  #give(until: number): void {
    for (let place = this.#places[this.#next]; place && place.position <= until; place = this.#places[++this.#next]) {
      const at = place.position - this.#from
      const [from, to] = this.#itemAt(this.#held, at)
      const bytes = Buffer.from(this.#held.subarray(Math.max(from, at - reach), Math.min(to, at + reach)))
      this.#take({ ...place, bytes, decoded: decodedText(bytes), chunk: null })
    }
  }
}

function decodedText(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
