import type { BodyItem, BodyPlan } from './body-plan.ts'
import { type Damage, damageOf } from './damage.ts'
import type { Instance } from './instance.ts'
import { JsonBytes } from './json-bytes.ts'
import { numberJson, type SystemForm, systemJson, systemKeys } from './json-keys.ts'
import { dataJson, recordJson, treeJson } from './json-tree.ts'
import { JsonValues } from './json-value.ts'
import type { EvtxRecord } from './record.ts'
import { NO_SLOT, SystemItem } from './system-plan.ts'
import type { Template } from './template.ts'
import { expandElement } from './tree.ts'
import { forEachItem, sevenDigits } from './value-text.ts'
import { ARRAY, ValueType } from './value-type.ts'

const COMMA = 0x2c
const CLOSE = 0x7d
const NEWLINE = 0x0a
const QUOTE = 0x22
const EMPTY = Buffer.from('""')
const RECORD_ID = Buffer.from('{"recordId":')
const TIME = Buffer.from(',"time":')
const NULL = Buffer.from('null')
const DATA = Buffer.from(',"data":{')
const USER_DATA = Buffer.from(',"userData":')
const FILE_RECORD_ID = Buffer.from(',"fileRecordId":')
const WRITTEN_TIME = Buffer.from(',"writtenTime":')

/** One step of writing System: bytes that are always the same, or a key and the slot of its value. */
interface HeadStep {
  readonly bytes: Buffer
  /** Index of the item of System, or -1 when `bytes` is all there is. */
  readonly item: number
  readonly slot: number
  readonly form: SystemForm
}

/** How to write one item of EventData: `"name":`, or the whole `"name":"literal"` when it has no slot. */
interface BodyStep {
  readonly bytes: Buffer
  /** Known by position: the key is written as it comes. */
  readonly positional: boolean
  readonly slot: number
  readonly optional: boolean
}

/**
 * Records as JSON lines, straight from the chunk's bytes into UTF-8. For each template the order of keys and values is
 * worked out once; a record is then literal bytes and values in turn. What does not fit that form goes through the
 * record's XML (`json-tree.ts`), with the same result.
 */
export class JsonLines {
  readonly #out = new JsonBytes()
  readonly #values = new JsonValues(this.#out)
  readonly #heads = new WeakMap<Template, readonly HeadStep[]>()
  /** Null for a body that only its tree can tell. */
  readonly #bodies = new WeakMap<BodyPlan, readonly BodyStep[] | null>()

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
    try {
      if (this.#isOrdinary(record)) this.#line(record)
      else {
        this.#out.json(recordJson(record))
        this.#out.byte(NEWLINE)
      }
    } catch (error) {
      const damage = damageOf(error, record.at)
      record.note(damage)
      this.#out.length = start
      this.#out.json(`${damagedJson(record, damage)}\n`)
    }
  }

  /** An Event with at most one body, which is what Windows writes. */
  #isOrdinary(record: EvtxRecord): boolean {
    const { template } = record.event
    if (template.root.name !== 'Event') return false
    let bodies = template.bodies.length
    for (const slot of template.bodySlots) if (record.event.type(slot) !== ValueType.null) bodies += 1
    return bodies <= 1
  }

  #line(record: EvtxRecord): void {
    const out = this.#out
    out.raw(RECORD_ID)
    const recordIdSlot = record.event.template.system.slots[SystemItem.recordId] as number
    if (!this.#systemValue(record.event, recordIdSlot, 'number')) {
      const text = record.text(SystemItem.recordId)
      if (text === null) out.raw(NULL)
      else out.json(numberJson(text))
    }
    out.raw(TIME)
    if (record.hasTime) this.#values.time(record.time, record.ticks)
    else out.raw(NULL)
    this.#head(record)
    const [literalBody] = record.event.template.bodies
    if (literalBody !== undefined) this.#body(literalBody, record.event)
    else for (const slot of record.event.template.bodySlots) this.#bodySlot(record, slot)
    this.#tail(record)
  }

  #head(record: EvtxRecord): void {
    const { event } = record
    let steps = this.#heads.get(event.template)
    if (steps === undefined) {
      steps = headSteps(event.template)
      this.#heads.set(event.template, steps)
    }
    const out = this.#out
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as HeadStep
      if (step.item < 0) {
        out.raw(step.bytes)
        continue
      }
      const before = out.length
      if (step.slot >= 0 && (event.type(step.slot) === ValueType.null || event.size(step.slot) === 0)) continue
      out.raw(step.bytes)
      if (this.#systemValue(event, step.slot, step.form)) continue
      const text = record.text(step.item)
      if (text === null) out.length = before
      else out.json(systemJson(text, step.form))
    }
  }

  /** Writes an item of System that has one of the types it always has; false when it has another one. */
  #systemValue(event: Instance, slot: number, form: SystemForm): boolean {
    if (slot < 0) return false
    const type = event.type(slot)
    const size = event.size(slot)
    const { space } = event
    const out = this.#out
    if (form === 'number') {
      const at = event.at(slot)
      if (type === ValueType.uint16 && size === 2) out.digits(space.view.getUint16(at, true))
      else if (type === ValueType.uint8 && size === 1) out.digits(space.view.getUint8(at))
      else if (type === ValueType.uint32 && size === 4) out.digits(space.view.getUint32(at, true))
      else if (type === ValueType.uint64 && size === 8 && space.view.getUint32(at + 4, true) < 0x20_0000) {
        out.digits(space.view.getUint32(at, true) + space.view.getUint32(at + 4, true) * 2 ** 32)
      } else return false
      return true
    }
    if (type === ValueType.string && form === 'text') {
      const before = out.length
      out.utf16(space.bytes, event.at(slot), size)
      if (out.length > before + 2) return true
      // Nothing but terminating nulls: as good as absent.
      out.length = before
      return false
    }
    if (type !== ValueType.sid && type !== ValueType.hexInt64 && type !== ValueType.guid) return false
    this.#values.value(space, type, event.at(slot), size)
    return true
  }

  #bodySlot(record: EvtxRecord, slot: number): void {
    if (record.event.type(slot) === ValueType.null) return
    const instance = record.body(slot)
    if (instance === undefined) return
    // Only an Event has several bodies, and no Event stands inside an Event's body slot.
    const [body] = instance.template.bodies
    if (body !== undefined && instance.template.root.name !== 'Event') this.#body(body, instance)
    else this.#other(instance)
  }

  #body(body: BodyPlan, instance: Instance): void {
    if (body.kind !== 'EventData') {
      this.#tree(body, instance)
      return
    }
    let steps = this.#bodies.get(body)
    if (steps === undefined) {
      steps = bodySteps(body)
      this.#bodies.set(body, steps)
    }
    const before = this.#out.length
    if (steps !== null && this.#eventData(steps, instance)) return
    this.#out.length = before
    for (const element of expandElement(body.element, instance)) this.#out.json(`,"data":${dataJson(element)}`)
  }

  /** False when a value is of a kind that only the tree can place. */
  #eventData(steps: readonly BodyStep[], instance: Instance): boolean {
    const out = this.#out
    const { space } = instance
    out.raw(DATA)
    const empty = out.length
    let position = 0
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as BodyStep
      const { slot } = step
      const type = slot < 0 ? ValueType.null : instance.type(slot)
      if (slot >= 0) {
        if (type === ValueType.null && step.optional) continue
        if (type === ValueType.binXml) return false
        if (type & ARRAY) {
          if (!step.positional) return false
          position = this.#array(instance, slot, position, out.length === empty)
          continue
        }
      }
      if (out.length > empty) out.byte(COMMA)
      if (step.positional) this.#position(position++)
      out.raw(step.bytes)
      if (slot < 0) continue
      const size = instance.size(slot)
      if (type === ValueType.null || size === 0) out.raw(EMPTY)
      else this.#values.value(space, type, instance.at(slot), size)
    }
    out.byte(CLOSE)
    return true
  }

  /** The items of an array under the next positions, as if each had its own element. */
  #array(instance: Instance, slot: number, from: number, isFirst: boolean): number {
    const out = this.#out
    const { space } = instance
    let position = from
    forEachItem(space, instance.type(slot), instance.at(slot), instance.size(slot), (type, at, size) => {
      if (position > from || !isFirst) out.byte(COMMA)
      this.#position(position++)
      if (size === 0) out.raw(EMPTY)
      else this.#values.value(space, type, at, size)
    })
    if (position > from) return position
    if (!isFirst) out.byte(COMMA)
    this.#position(position++)
    out.raw(EMPTY)
    return position
  }

  #position(position: number): void {
    const out = this.#out
    out.byte(QUOTE)
    out.digits(position)
    out.byte(QUOTE)
    out.byte(0x3a)
  }

  #tree(body: BodyPlan, instance: Instance): void {
    const elements = expandElement(body.element, instance)
    const out = this.#out
    const [element] = elements
    if (element === undefined) return
    const json = elements.length === 1 ? treeJson(element) : `[${elements.map(treeJson).join(',')}]`
    if (element.name === 'UserData') {
      out.raw(USER_DATA)
      out.json(json)
    } else out.json(`,"other":{${JSON.stringify(element.name)}:${json}}`)
  }

  #other(instance: Instance): void {
    for (const element of expandElement(instance.template.root, instance)) {
      this.#out.json(`,"other":{${JSON.stringify(element.name)}:${treeJson(element)}}`)
    }
  }

  #tail(record: EvtxRecord): void {
    const out = this.#out
    const { view } = record.space
    out.raw(FILE_RECORD_ID)
    const high = view.getUint32(record.at + 12, true)
    if (high < 0x20_0000) out.digits(view.getUint32(record.at + 8, true) + high * 2 ** 32)
    else out.json(numberJson(String(record.fileRecordId)))
    out.raw(WRITTEN_TIME)
    const { time, ticks } = record.writtenTime
    this.#values.time(time, ticks)
    out.byte(CLOSE)
    out.byte(NEWLINE)
  }
}

function headSteps(template: Template): HeadStep[] {
  const steps: HeadStep[] = []
  let literal = ''
  const flush = () => {
    if (literal !== '') steps.push({ bytes: Buffer.from(literal), item: -1, slot: NO_SLOT, form: 'text' })
    literal = ''
  }
  for (const [key, item, form] of systemKeys) {
    const slot = template.system.slots[item] ?? NO_SLOT
    const text = template.system.literals[item] ?? null
    if (slot !== NO_SLOT) {
      flush()
      steps.push({ bytes: Buffer.from(`,"${key}":`), item, slot, form })
    } else if (text !== null) literal += `,"${key}":${systemJson(text, form)}`
  }
  flush()
  return steps
}

/** Null when two items share a key, or something is not one value or one literal. */
function bodySteps(body: BodyPlan): BodyStep[] | null {
  const named = body.items.filter((item) => item.name !== null)
  const distinct = body.byName.size === named.length
  const likePosition = body.positional && named.some((item) => /^\d+$/.test(item.name ?? ''))
  if (!body.plain || !distinct || likePosition) return null
  return body.items.map(bodyStep)
}

function bodyStep(item: BodyItem): BodyStep {
  const key = item.name === null ? '' : `${JSON.stringify(item.name)}:`
  const value = item.literal === null ? '' : JSON.stringify(item.literal)
  return { bytes: Buffer.from(key + value), positional: item.name === null, slot: item.slot, optional: item.optional }
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
