import { counted } from '../../model/counted.ts'
import type { ChunkSpace } from './chunk-space.ts'
import { Damage, hex } from './damage.ts'
import { DefinitionParser } from './definition-parser.ts'
import { CHUNK_SIZE } from './limits.ts'
import { Template } from './template.ts'
import { DEFINITION_HEADER_SIZE } from './template-cache.ts'
import { FRAGMENT_HEADER_SIZE, MORE_FOLLOWS, Token } from './token.ts'
import { ValueType } from './value-type.ts'

/** Size (2), type (1) and an unused byte for each value. */
const DESCRIPTOR_SIZE = 4
/** Token, unused byte, template id and offset of the definition. */
const INSTANCE_HEADER_SIZE = 10

/** Stands in until the first record is opened. */
const emptyTemplate = new Template({
  root: { kind: 'element', name: '', attributes: [], content: [] },
  fingerprint: null,
})

/**
 * One use of a template: the values that go into its slots, where they lie in the chunk. Opened again for each record.
 * The values' sizes stand in front of them, so the place of one is the sum of the sizes before: summed up only as far
 * as somebody asks.
 */
export class Instance {
  readonly space: ChunkSpace
  template: Template = emptyTemplate
  /** How many values there are; a template may have slots without one. */
  count = 0

  #descriptors = 0
  #limit = 0
  /** Offset of the values that were asked for so far: `#offsets[i]` is known for all i <= #known. */
  #offsets = new Int32Array(64)
  /** The descriptors of these values, as `descriptor` gives them. */
  #words = new Int32Array(64)
  #known = 0

  constructor(space: ChunkSpace) {
    this.space = space
  }

  /** Opens the fragment at `at`, which ends before `limit`: a template instance, or an element that stands there itself. */
  open(at: number, limit: number): void {
    const { view } = this.space
    let here = at
    while (here < limit && view.getUint8(here) === Token.fragmentHeader) here += FRAGMENT_HEADER_SIZE
    if (here >= limit) throw new Damage('bad-binxml', at, 'a fragment without content')
    const token = view.getUint8(here)
    if (token === Token.templateInstance) this.#openInstance(here, limit)
    else if ((token & ~MORE_FOLLOWS) === Token.openStartElement) this.#openElement(here, limit)
    else throw new Damage('bad-binxml', here, `token ${hex(token)} where a fragment begins`)
  }

  #openInstance(at: number, limit: number): void {
    const { view } = this.space
    let here = at + INSTANCE_HEADER_SIZE
    if (here > limit) throw new Damage('bad-binxml', at, 'a template instance is cut')
    const definition = view.getUint32(at + 6, true)
    const template = this.space.template(definition)
    // The id is the first part of the definition's GUID. Where pages of two states of a chunk are mixed, another
    // definition may stand at the offset.
    if (view.getUint32(at + 2, true) !== view.getUint32(definition + 4, true)) {
      throw new Damage('bad-template', at, "another definition stands where the record's should be")
    }
    this.template = template
    // The first use in a chunk brings the definition along.
    if (definition === here) here += DEFINITION_HEADER_SIZE + view.getUint32(here + 20, true)
    if (here + 4 > limit) throw new Damage('bad-binxml', at, 'a template instance is cut')
    const count = view.getUint32(here, true)
    const values = here + 4 + DESCRIPTOR_SIZE * count
    if (values > limit) throw new Damage('bad-binxml', here, `the record has no room for ${counted(count, 'value')}`)
    this.count = count
    this.#descriptors = here + 4
    this.#limit = limit
    if (count >= this.#offsets.length) {
      this.#offsets = new Int32Array(CHUNK_SIZE / DESCRIPTOR_SIZE + 1)
      this.#words = new Int32Array(CHUNK_SIZE / DESCRIPTOR_SIZE + 1)
    }
    this.#offsets[0] = values
    this.#known = 0
  }

  /** An element without a template is a template that is used once, and has no values. */
  #openElement(at: number, limit: number): void {
    const parsed = new DefinitionParser(this.space, at, limit, false).parse()
    this.template = new Template(parsed)
    this.count = 0
    this.#known = 0
    this.#offsets[0] = parsed.end
    this.#limit = limit
  }

  /**
   * Opens the fragment that follows this one before `limit`; false when there is none. TraceLogging providers put a
   * RenderingInfo behind their EventData.
   */
  openNext(limit: number): boolean {
    const at = this.count === 0 ? (this.#offsets[0] as number) : this.at(this.count - 1) + this.size(this.count - 1)
    if (at >= limit || !beginsFragment(this.space.view.getUint8(at))) return false
    this.open(at, limit)
    return true
  }

  /** Finds the place of every value at once, for a reader of them all. Throws when they reach beyond the record. */
  layOut(): void {
    if (this.count > 0) this.at(this.count - 1)
  }

  /** Size and type of a value in one number, `type << 16 | size`, after `layOut`; 0 for a slot that got none. */
  descriptor(slot: number): number {
    return slot >= this.count ? 0 : (this.#words[slot] as number)
  }

  /** Chunk offset of a value, after `layOut`. */
  offset(slot: number): number {
    return this.#offsets[slot] as number
  }

  /** Bytes of all values together, as far as they lie inside the record. */
  get valuesSize(): number {
    return Math.max(0, this.#limit - (this.#offsets[0] as number))
  }

  /** The type of a value; null for a slot that got none. */
  type(slot: number): number {
    if (slot >= this.count) return ValueType.null
    return this.space.view.getUint8(this.#descriptors + DESCRIPTOR_SIZE * slot + 2)
  }

  size(slot: number): number {
    if (slot >= this.count) return 0
    return this.space.view.getUint16(this.#descriptors + DESCRIPTOR_SIZE * slot, true)
  }

  /** Chunk offset of a value, which is sure to end inside its record. */
  at(slot: number): number {
    if (slot >= this.count) return this.#limit
    const offsets = this.#offsets
    const words = this.#words
    let known = this.#known
    if (known <= slot) {
      const { view } = this.space
      let descriptor = this.#descriptors + DESCRIPTOR_SIZE * known
      let offset = offsets[known] as number
      while (known <= slot) {
        const word = view.getUint32(descriptor, true) & 0xff_ffff
        words[known] = word
        offset += word & 0xffff
        descriptor += DESCRIPTOR_SIZE
        known += 1
        offsets[known] = offset
      }
      this.#known = known
    }
    if ((offsets[slot + 1] as number) > this.#limit) {
      throw new Damage('bad-value', this.#limit, `value ${slot} reaches beyond the end of its record`)
    }
    return offsets[slot] as number
  }
}

function beginsFragment(token: number): boolean {
  return (
    token === Token.templateInstance ||
    token === Token.fragmentHeader ||
    (token & ~MORE_FOLLOWS) === Token.openStartElement
  )
}
