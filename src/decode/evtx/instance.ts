import type { ChunkSpace } from './chunk-space.ts'
import { Damage, hex } from './damage.ts'
import { DefinitionParser } from './definition-parser.ts'
import { Fingerprint } from './fingerprint.ts'
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
  fingerprint: new Fingerprint(new Uint8Array(0), new Int32Array(0), []),
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
      throw new Damage('bad-template', at, `the definition at ${hex(definition)} is not that of the record`)
    }
    this.template = template
    // The first use in a chunk brings the definition along.
    if (definition === here) here += DEFINITION_HEADER_SIZE + view.getUint32(here + 20, true)
    if (here + 4 > limit) throw new Damage('bad-binxml', at, 'a template instance is cut')
    const count = view.getUint32(here, true)
    const values = here + 4 + DESCRIPTOR_SIZE * count
    if (values > limit) throw new Damage('bad-binxml', here, `${count} values do not fit into the record`)
    this.count = count
    this.#descriptors = here + 4
    this.#limit = limit
    if (count >= this.#offsets.length) this.#offsets = new Int32Array(CHUNK_SIZE / DESCRIPTOR_SIZE + 1)
    this.#offsets[0] = values
    this.#known = 0
  }

  /** An element without a template is a template that is used once, and has no values. */
  #openElement(at: number, limit: number): void {
    this.template = new Template(new DefinitionParser(this.space, at, limit, false).parse())
    this.count = 0
    this.#known = 0
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
    let known = this.#known
    if (known <= slot) {
      const { view } = this.space
      let descriptor = this.#descriptors + DESCRIPTOR_SIZE * known
      let offset = offsets[known] as number
      while (known <= slot) {
        offset += view.getUint16(descriptor, true)
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
