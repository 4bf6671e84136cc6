import { writeSync } from 'node:fs'
import { CHUNK_SIZE, Chunk, type Instance } from './chunk.ts'
import { EVENTLOG_SLOTS, EventTemplates, MANIFEST_SLOTS } from './event-template.ts'
import { FILE_HEADER_SIZE, fileHeader } from './file-header.ts'
import type { LabEvent } from './lab-event.ts'
import { guid, hex64, type LabValue, sid, text, u16, u32, u64 } from './value.ts'

/** Where a file's bytes go. They are only valid during the call; the file's header comes last, at position 0. */
export type Sink = (bytes: Buffer, position: number) => void

/** Writes one EVTX file, holding no more than one chunk: whatever the sink does, memory does not grow with the file. */
export class EvtxWriter {
  readonly #sink: Sink
  readonly #chunk = new Chunk()
  readonly #templates = new EventTemplates()
  #chunks = 0
  #records = 0
  #lastId = 0

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /** Throws a RangeError for an event that does not fit into an empty chunk. */
  write(event: LabEvent): void {
    const instance = this.#instance(event)
    if (!this.#chunk.append(event.recordId, event.time, instance)) {
      this.#flush()
      if (!this.#chunk.append(event.recordId, event.time, instance))
        throw new RangeError(`event ${event.eventId}, record ${event.recordId}: does not fit into a chunk of 64 KiB`)
    }
    this.#records++
    this.#lastId = event.recordId
  }

  end(): void {
    if (this.#chunk.records > 0) this.#flush()
    this.#sink(fileHeader(this.#chunks, this.#lastId + 1), 0)
  }

  #flush(): void {
    const firstNumber = this.#records - this.#chunk.records + 1
    this.#sink(this.#chunk.seal(firstNumber), FILE_HEADER_SIZE + this.#chunks * CHUNK_SIZE)
    this.#chunks++
    this.#chunk.clear()
  }

  #instance(event: LabEvent): Instance {
    const { body } = event
    const nested: Instance = { template: this.#templates.ofBody(body), values: body.fields.map(([, value]) => value) }
    const values: (LabValue | Instance | null)[] = [
      { type: 'u8', value: event.level },
      { type: 'u8', value: event.opcode },
      u16(event.task),
      u16(event.eventId),
      event.qualifiers === null ? null : u16(event.qualifiers),
      hex64(event.keywords),
      { type: 'filetime', value: event.time },
      event.activityId === null ? null : guid(event.activityId),
      u32(event.processId),
      u32(event.threadId),
      u64(event.recordId),
      { type: 'u8', value: event.version },
      event.userSid === null ? null : sid(event.userSid),
    ]
    const slots = body.kind === 'event-data' ? MANIFEST_SLOTS : EVENTLOG_SLOTS
    while (values.length < slots.count) values.push(null)
    if (body.kind === 'event-data') {
      values[MANIFEST_SLOTS.provider] = text(event.provider)
      values[MANIFEST_SLOTS.providerGuid] = guid(event.providerGuid)
      values[MANIFEST_SLOTS.channel] = text(event.channel)
    }
    values[slots.body] = nested
    return { template: this.#templates.ofEvent(event), values }
  }
}

/** The whole file in memory: for small files and tests. */
export function evtxBytes(events: Iterable<LabEvent>): Buffer {
  const parts: Buffer[] = [Buffer.alloc(0)]
  const writer = new EvtxWriter((bytes, position) => {
    parts[position === 0 ? 0 : parts.length] = Buffer.from(bytes)
  })
  for (const event of events) writer.write(event)
  writer.end()
  return Buffer.concat(parts)
}

/** A sink that writes into an open file. */
export function fileSink(descriptor: number): Sink {
  return (bytes, position) => {
    for (let done = 0; done < bytes.length; )
      done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}
