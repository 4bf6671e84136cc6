import { forEachItem } from './array-items.ts'
import type { BodyPlan } from './body-plan.ts'
import type { Instance } from './instance.ts'
import { type JsonBytes, ROOM_PER_BYTE, ROOM_PER_VALUE } from './json-bytes.ts'
import { Literal } from './json-literal.ts'
import { BodyFlag, bodyProgram, type Program, STEP_SIZE, Step } from './json-program.ts'
import { dataJson, treeJson } from './json-tree.ts'
import type { JsonValues } from './json-value.ts'
import { expandElement } from './tree.ts'
import { ARRAY, ValueType } from './value-type.ts'

const DATA = new Literal(',"data"')
const COLON_AND_BRACE = 0x7b3a
const EMPTY = new Literal(':{}')
const END = new Literal('"}')
const POSITION = new Literal('","')
const POSITION_END = new Literal('":"')

/** Writes EventData, UserData and their like. */
export class JsonBody {
  readonly #out: JsonBytes
  readonly #values: JsonValues
  /** Null for a body that only its tree can tell. */
  readonly #programs = new WeakMap<BodyPlan, Program | null>()
  /** Records of one kind come in rows. */
  #lastBody: BodyPlan | null = null
  #lastProgram: Program | null = null

  constructor(out: JsonBytes, values: JsonValues) {
    this.#out = out
    this.#values = values
  }

  /** Appends `,"data":…` or the like to the line. */
  write(body: BodyPlan, instance: Instance): void {
    if (body.kind !== 'EventData') {
      this.#tree(body, instance)
      return
    }
    const program = this.#programOf(body)
    const out = this.#out
    const before = out.length
    if (program !== null) {
      instance.layOut()
      out.room(program.room + ROOM_PER_BYTE * instance.valuesSize)
      if (this.#eventData(program, instance)) return
    }
    out.length = before
    for (const element of expandElement(body.element, instance)) out.json(`,"data":${dataJson(element)}`)
  }

  /** False when a value is of a kind that only the tree can place. */
  #eventData({ steps, words }: Program, instance: Instance): boolean {
    const out = this.#out
    const { space } = instance
    out.literal(DATA)
    const start = out.length
    let position = 0
    for (let step = 0; step < steps.length; step += STEP_SIZE) {
      const slot = steps[step + Step.slot] as number
      const flags = steps[step + Step.item] as number
      const descriptor = slot < 0 ? 0 : instance.descriptor(slot)
      const type = descriptor >>> 16
      if (type === ValueType.null) {
        if ((flags & BodyFlag.optional) !== 0) continue
      } else if (type === ValueType.binXml) return false
      else if ((type & ARRAY) !== 0) {
        if ((flags & BodyFlag.positional) === 0) return false
        position = this.#array(instance, slot, position)
        continue
      }
      if ((flags & BodyFlag.positional) !== 0) this.#position(position++)
      out.words(words, steps[step + Step.from] as number, steps[step + Step.length] as number)
      const size = descriptor & 0xffff
      if (size !== 0 && type !== ValueType.null) this.#values.value(space, type, instance.offset(slot), size)
    }
    if (out.length === start) out.literal(EMPTY)
    else {
      // Every item begins with the end of the one before; the first one with what belongs before it.
      out.patch(start, COLON_AND_BRACE)
      out.literal(END)
    }
    return true
  }

  /** The items of an array under the next positions, as if each had its own element. */
  #array(instance: Instance, slot: number, from: number): number {
    const out = this.#out
    const { space } = instance
    let position = from
    const item = (type: number, at: number, size: number) => {
      // Items without text take more room than their bytes foretold.
      out.more(ROOM_PER_BYTE * size + 2 * ROOM_PER_VALUE)
      this.#position(position++)
      if (size > 0) this.#values.value(space, type, at, size)
    }
    forEachItem(space, instance.type(slot), instance.offset(slot), instance.size(slot), item)
    if (position === from) item(ValueType.null, 0, 0)
    return position
  }

  #position(position: number): void {
    const out = this.#out
    out.literal(POSITION)
    out.digits(position)
    out.literal(POSITION_END)
  }

  #programOf(body: BodyPlan): Program | null {
    if (body === this.#lastBody) return this.#lastProgram
    let program = this.#programs.get(body)
    if (program === undefined) {
      program = bodyProgram(body)
      this.#programs.set(body, program)
    }
    this.#lastBody = body
    this.#lastProgram = program
    return program
  }

  #tree(body: BodyPlan, instance: Instance): void {
    const elements = expandElement(body.element, instance)
    const [element] = elements
    if (element === undefined) return
    const json = elements.length === 1 ? treeJson(element) : `[${elements.map(treeJson).join(',')}]`
    if (element.name === 'UserData') this.#out.json(`,"userData":${json}`)
    else this.#out.json(`,"other":{${JSON.stringify(element.name)}:${json}}`)
  }
}
