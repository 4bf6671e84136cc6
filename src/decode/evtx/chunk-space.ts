import { counted } from '../../model/counted.ts'
import { ChunkBytes } from './chunk-bytes.ts'
import { Damage, damageOf } from './damage.ts'
import { CHUNK_SIZE, MAX_DEFINITION_BYTES_PER_CHUNK } from './limits.ts'
import type { Template } from './template.ts'
import { DEFINITION_HEADER_SIZE, type TemplateCache } from './template-cache.ts'

/** A chunk and the template definitions that stand in it. One space is used for chunk after chunk. */
export class ChunkSpace extends ChunkBytes {
  readonly #cache: TemplateCache
  /** Chunk offset of a definition → 1 + its index in `#known`; 0 when it was not read yet. */
  readonly #indexAt = new Uint16Array(CHUNK_SIZE)
  #known: (Template | Damage)[] = []
  #offsets: number[] = []
  #definitionBytes = 0

  constructor(cache: TemplateCache) {
    super()
    this.#cache = cache
  }

  override open(bytes: Buffer): void {
    super.open(bytes)
    for (const offset of this.#offsets) this.#indexAt[offset] = 0
    this.#known = []
    this.#offsets = []
    this.#definitionBytes = 0
  }

  /** The compiled template whose definition stands at this offset of the chunk. */
  template(at: number): Template {
    const index = at < CHUNK_SIZE ? (this.#indexAt[at] as number) : 0
    const known = index === 0 ? this.#define(at) : (this.#known[index - 1] as Template | Damage)
    if (known instanceof Damage) throw known
    return known
  }

  #define(at: number): Template | Damage {
    if (at + DEFINITION_HEADER_SIZE > this.end)
      return new Damage('bad-template', at, 'the definition is outside its chunk')
    const known = this.#read(at)
    this.#known.push(known)
    this.#offsets.push(at)
    this.#indexAt[at] = this.#known.length
    return known
  }

  #read(at: number): Template | Damage {
    const size = this.view.getUint32(at + 20, true)
    if (at + DEFINITION_HEADER_SIZE + size > this.end) {
      return new Damage('bad-template', at, `a definition of ${counted(size, 'byte')} reaches beyond its chunk`)
    }
    this.#definitionBytes += size
    if (this.#definitionBytes > MAX_DEFINITION_BYTES_PER_CHUNK) {
      return new Damage('bad-template', at, 'the definitions of this chunk overlap')
    }
    try {
      return this.#cache.get(this, at, size)
    } catch (error) {
      const damage = damageOf(error, at)
      return new Damage('bad-template', damage.at, damage.message)
    }
  }
}
