import type { Instance } from './instance.ts'
import { type JsonBytes, ROOM_PER_BYTE } from './json-bytes.ts'
import { numberJson, systemForms, systemJson, systemKeys } from './json-keys.ts'
import { Literal } from './json-literal.ts'
import { headProgram, type Program, STEP_SIZE, Step } from './json-program.ts'
import type { JsonValues } from './json-value.ts'
import type { EvtxRecord } from './record.ts'
import { SystemItem } from './system-plan.ts'
import type { Template } from './template.ts'
import { ValueType } from './value-type.ts'

const QUOTE = 0x22
const NUMBER = systemForms.indexOf('number')
const TEXT = systemForms.indexOf('text')
const RECORD_ID = new Literal('{"recordId":')
const TIME = new Literal(',"time":"')
const NO_TIME = new Literal(',"time":null')
const NULL = new Literal('null')

/** Writes what a record's System says. */
export class JsonHead {
  readonly #out: JsonBytes
  readonly #values: JsonValues
  readonly #programs = new WeakMap<Template, Program | null>()
  /** Records of one kind come in rows. */
  #lastTemplate: Template | null = null
  #lastProgram: Program | null = null

  constructor(out: JsonBytes, values: JsonValues) {
    this.#out = out
    this.#values = values
  }

  /** Begins a line; false when the template has no form that can be written step by step. */
  write(record: EvtxRecord): boolean {
    const { event } = record
    const program = this.#programOf(event.template)
    if (program === null) return false
    event.layOut()
    const out = this.#out
    out.room(program.room + ROOM_PER_BYTE * event.valuesSize)
    out.literal(RECORD_ID)
    this.#recordId(record)
    if (record.hasTime) {
      out.literal(TIME)
      this.#values.time(record.time, record.ticks)
      out.byte(QUOTE)
    } else out.literal(NO_TIME)
    this.#steps(record, program)
    return true
  }

  #recordId(record: EvtxRecord): void {
    if (this.#number(record.event, record.event.template.system.slots[SystemItem.recordId] as number)) return
    const text = record.text(SystemItem.recordId)
    if (text === null) this.#out.literal(NULL)
    else this.#out.json(numberJson(text))
  }

  #steps(record: EvtxRecord, { steps, words }: Program): void {
    const out = this.#out
    for (let step = 0; step < steps.length; step += STEP_SIZE) {
      const slot = steps[step + Step.slot] as number
      const item = steps[step + Step.item] as number
      const before = out.length
      if (item >= 0 && slot < 0) {
        this.#text(record, item, steps[step + Step.form] as number)
        continue
      }
      const descriptor = item < 0 ? 0 : record.event.descriptor(slot)
      // A value of no type or no bytes is absent, and so is its key.
      if (item >= 0 && (descriptor <= 0xffff || (descriptor & 0xffff) === 0)) continue
      out.words(words, steps[step + Step.from] as number, steps[step + Step.length] as number)
      if (item < 0) continue
      const form = steps[step + Step.form] as number
      if (form === NUMBER ? this.#number(record.event, slot) : this.#value(record.event, slot, form)) continue
      out.length = before
      this.#text(record, item, form)
    }
  }

  /** Writes a number of the usual types and sizes; false when it is another one. */
  #number(event: Instance, slot: number): boolean {
    if (slot < 0) return false
    const { view } = event.space
    switch (event.descriptor(slot)) {
      case (ValueType.uint16 << 16) | 2:
        this.#out.digits(view.getUint16(event.offset(slot), true))
        return true
      case (ValueType.uint8 << 16) | 1:
        this.#out.digits(view.getUint8(event.offset(slot)))
        return true
      case (ValueType.uint32 << 16) | 4:
        this.#out.digits(view.getUint32(event.offset(slot), true))
        return true
      case (ValueType.uint64 << 16) | 8: {
        const at = event.offset(slot)
        const high = view.getUint32(at + 4, true)
        // Beyond 2^53 a number is written as text.
        if (high >= 0x20_0000) return false
        this.#out.digits(view.getUint32(at, true) + high * 2 ** 32)
        return true
      }
      default:
        return false
    }
  }

  /** Writes a text and its closing quote; false when it is of another type than usual, or empty after all. */
  #value(event: Instance, slot: number, form: number): boolean {
    const descriptor = event.descriptor(slot)
    const type = descriptor >>> 16
    const isPlain = type === ValueType.sid || type === ValueType.hexInt64 || type === ValueType.guid
    if (!isPlain && (type !== ValueType.string || form !== TEXT)) return false
    const out = this.#out
    const start = out.length
    this.#values.value(event.space, type, event.offset(slot), descriptor & 0xffff)
    if (out.length === start) return false
    out.byte(QUOTE)
    return true
  }

  /** What has no quick way: from its text, as in `json-tree.ts`. */
  #text(record: EvtxRecord, item: number, form: number): void {
    const text = record.text(item)
    if (text === null) return
    const [key] = systemKeys.find((each) => each[1] === item) ?? ['']
    this.#out.json(`,"${key}":${systemJson(text, systemForms[form] ?? 'text')}`)
  }

  #programOf(template: Template): Program | null {
    if (template === this.#lastTemplate) return this.#lastProgram
    let program = this.#programs.get(template)
    if (program === undefined) {
      program = headProgram(template)
      this.#programs.set(template, program)
    }
    this.#lastTemplate = template
    this.#lastProgram = program
    return program
  }
}
