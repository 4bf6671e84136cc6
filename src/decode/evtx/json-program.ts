import { append } from '../../model/lists.ts'
import type { BodyPlan } from './body-plan.ts'
import { ROOM_PER_VALUE } from './json-bytes.ts'
import { systemForms, systemJson, systemKeys } from './json-keys.ts'
import { wordsOf } from './json-literal.ts'
import { isNamespace } from './json-tree.ts'
import { NO_SLOT, SystemItem } from './system-plan.ts'
import type { Template } from './template.ts'

/**
 * How the records of a template are written: literal text and values in turn. Worked out once, and laid out flat,
 * because following pointers to small objects costs more than writing does.
 */
export interface Program {
  /** STEP_SIZE numbers for each step, at the offsets of `Step`. */
  readonly steps: Int32Array
  /** The literal text of all steps. */
  readonly words: Float64Array
  /** The most bytes that all this takes besides the values' own. */
  readonly room: number
}

export const Step = {
  /** The slot whose value follows the literal; -1 for none, -2 when the value is put together from several pieces. */
  slot: 0,
  /** Head: the item of System, -1 for literal text alone. Body: see `BodyFlag`. */
  item: 1,
  /** Head: index into `systemForms`. */
  form: 2,
  /** The literal: its first word, and its bytes. */
  from: 3,
  length: 4,
} as const
export const STEP_SIZE = 5

export const BodyFlag = { optional: 1, positional: 2 } as const

/** What comes before the head's own steps: record id and time. */
const ROOM_FOR_FRAME = 256

class ProgramWriter {
  readonly #steps: number[] = []
  readonly #words: number[] = []
  #room = ROOM_FOR_FRAME

  add(slot: number, item: number, form: number, literal: string): void {
    const words = wordsOf(literal)
    const from = this.#words.length
    const length = Buffer.byteLength(literal)
    append(this.#words, words)
    this.#steps.push(slot, item, form, from, length)
    this.#room += length + 2 * ROOM_PER_VALUE
  }

  program(): Program {
    return { steps: Int32Array.from(this.#steps), words: Float64Array.from(this.#words), room: this.#room }
  }
}

/** How to write System; null when a value is used twice: then nothing bounds what a record becomes. */
export function headProgram(template: Template): Program | null {
  const { slots, literals } = template.system
  const writer = new ProgramWriter()
  let literal = ''
  const flush = () => {
    if (literal !== '') writer.add(NO_SLOT, -1, 0, literal)
    literal = ''
  }
  for (const [key, item, form] of systemKeys) {
    const slot = slots[item] ?? NO_SLOT
    const text = literals[item] ?? null
    if (slot !== NO_SLOT) {
      flush()
      writer.add(slot, item, systemForms.indexOf(form), form === 'number' ? `,"${key}":` : `,"${key}":"`)
    } else if (text !== null) literal += `,"${key}":${systemJson(text, form)}`
  }
  flush()
  const used = [SystemItem.recordId, ...systemKeys.map(([, item]) => item)].map((item) => slots[item] ?? NO_SLOT)
  return areDistinct(used) ? writer.program() : null
}

/**
 * How to write EventData: each literal is the end of the item before, `",`, and the item's key up to its text. Null
 * when items share a key or a value, or something is not one value or one literal: then only the tree tells.
 */
export function bodyProgram(body: BodyPlan): Program | null {
  // TraceLogging names its EventData; rare enough for the tree.
  if (body.element.attributes.some(({ name }) => !isNamespace(name))) return null
  const likePosition = body.positional && body.items.some(({ name }) => name !== null && /^\d+$/.test(name))
  if (!body.plain || likePosition || !areDistinct(body.items.map(({ slot }) => slot))) return null
  const writer = new ProgramWriter()
  for (const { name, literal, slot, optional } of body.items) {
    const key = name === null ? '' : `",${JSON.stringify(name)}:"`
    const flags = (optional ? BodyFlag.optional : 0) | (name === null ? BodyFlag.positional : 0)
    writer.add(slot, flags, 0, key + JSON.stringify(literal ?? '').slice(1, -1))
  }
  return writer.program()
}

function areDistinct(slots: readonly number[]): boolean {
  const used = slots.filter((slot) => slot >= 0)
  return new Set(used).size === used.length
}
