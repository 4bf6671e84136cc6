import { type Damage, damageOf } from './damage.ts'
import { JsonBody } from './json-body.ts'
import { JsonBytes } from './json-bytes.ts'
import { JsonHead } from './json-head.ts'
import { numberJson, systemJson, systemKeys } from './json-keys.ts'
import { Literal } from './json-literal.ts'
import { recordJson } from './json-tree.ts'
import { JsonValues } from './json-value.ts'
import type { EvtxRecord } from './record.ts'
import { sevenDigits } from './value-text.ts'
import { ValueType } from './value-type.ts'

const FILE_RECORD_ID = new Literal(',"fileRecordId":')
const WRITTEN_TIME = new Literal(',"writtenTime":"')
const END_OF_LINE = new Literal('"}\n')
const ROOM_FOR_TAIL = 128

/**
 * Records as JSON lines, straight from the chunk's bytes into UTF-8. For each template the order of keys and values is
 * worked out once (`json-program.ts`); a record is then literal bytes and values in turn. What does not fit that form
 * goes through the record's XML (`json-tree.ts`), with the same result.
 */
export class JsonLines {
  readonly #out = new JsonBytes()
  readonly #values = new JsonValues(this.#out)
  readonly #head = new JsonHead(this.#out, this.#values)
  readonly #body = new JsonBody(this.#out, this.#values)

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#out.length
  }

  /** The lines since the last `clear`; valid until the next `write`. */
  bytes(): Buffer {
    return this.#out.view()
  }

  clear(): void {
    this.#out.length = 0
  }

  /** Appends one line. What of the record cannot be read is named in the line's `damage` and noted in the record. */
  write(record: EvtxRecord): void {
    const start = this.#out.length
    if (this.#quickly(record)) return
    this.#out.length = start
    try {
      this.#out.json(`${recordJson(record)}\n`)
    } catch (error) {
      const damage = damageOf(error, record.at)
      record.note(damage)
      this.#out.json(`${damagedJson(record, damage)}\n`)
    }
  }

  /** False when the record has no form for the quick way, or is damaged: its XML may need less of it. */
  #quickly(record: EvtxRecord): boolean {
    try {
      return this.#line(record)
    } catch (error) {
      damageOf(error, record.at)
      return false
    }
  }

  /** False when the record is not an Event with at most one body, which is what Windows writes. */
  #line(record: EvtxRecord): boolean {
    const { template } = record.event
    // What is used once is not worth a form of its own.
    if (template.fingerprint === null) return false
    if (template.root.name !== 'Event' || template.bodies.length + template.bodySlots.length > 1) return false
    if (!this.#head.write(record)) return false
    const [body] = template.bodies
    const [slot] = template.bodySlots
    if (body !== undefined) this.#body.write(body, record.event)
    else if (slot !== undefined && !this.#bodySlot(record, slot)) return false
    this.#tail(record)
    return true
  }

  /** False when there is more than one body, or none that is known. */
  #bodySlot(record: EvtxRecord, slot: number): boolean {
    const instance = record.body(slot)
    if (instance === undefined) return record.event.size(slot) === 0
    const [body] = instance.template.bodies
    if (body === undefined || instance.template.root.name === 'Event') return false
    this.#body.write(body, instance)
    return record.nextBody(slot) === undefined
  }

  #tail(record: EvtxRecord): void {
    const out = this.#out
    const { view } = record.space
    out.room(ROOM_FOR_TAIL)
    out.literal(FILE_RECORD_ID)
    const high = view.getUint32(record.at + 12, true)
    if (high < 0x20_0000) out.digits(view.getUint32(record.at + 8, true) + high * 2 ** 32)
    else out.json(numberJson(String(record.fileRecordId)))
    out.literal(WRITTEN_TIME)
    this.#values.value(record.space, ValueType.fileTime, record.at + 16, 8)
    out.literal(END_OF_LINE)
  }
}

/** What can be said of a record that cannot be written out. */
function damagedJson(record: EvtxRecord, damage: Damage): string {
  const members = [`"recordId":${numberJson(String(record.recordId))}`]
  members.push(`"time":${record.hasTime ? JSON.stringify(sevenDigits(record)) : null}`)
  for (const [key, item, form] of systemKeys) {
    const text = record.text(item)
    if (text !== null) members.push(`"${key}":${systemJson(text, form)}`)
  }
  members.push(`"damage":${JSON.stringify(damage.message)}`)
  members.push(`"fileRecordId":${numberJson(String(record.fileRecordId))}`)
  members.push(`"writtenTime":${JSON.stringify(sevenDigits(record.writtenTime))}`)
  return `{${members.join(',')}}`
}
