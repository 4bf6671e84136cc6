import type { ChunkBytes } from './chunk-bytes.ts'
import { DefinitionParser } from './definition-parser.ts'
import { MAX_CACHED_DEFINITION_BYTES, MAX_DEFINITIONS_PER_GUID } from './limits.ts'
import { Template } from './template.ts'

/** Offset of the next definition in the writer's table (4, not followed), GUID (16), size of the body (4). */
export const DEFINITION_HEADER_SIZE = 24

/**
 * Compiled templates of all chunks and files. Found by GUID, but used only when the definition in the chunk says the
 * same: the same GUID comes with other literals on other hosts and channels, and a file may lie.
 */
export class TemplateCache {
  /** The first 32 bits of the GUID → templates, the last used first. */
  readonly #templates = new Map<number, Template[]>()
  #bytes = 0

  /** The template for the definition at `at`, whose body has `size` bytes. */
  get(space: ChunkBytes, at: number, size: number): Template {
    const { view } = space
    const key = view.getUint32(at + 4, true)
    const body = at + DEFINITION_HEADER_SIZE
    const limit = body + size
    const sameKey = this.#templates.get(key)
    if (sameKey !== undefined) {
      for (let i = 0; i < sameKey.length; i++) {
        const template = sameKey[i] as Template
        if (!template.fingerprint?.matches(space, body, limit)) continue
        if (i > 0) {
          sameKey.splice(i, 1)
          sameKey.unshift(template)
        }
        return template
      }
    }
    return this.#add(key, new Template(new DefinitionParser(space, body, limit, true).parse()), size)
  }

  #add(key: number, template: Template, size: number): Template {
    // Starting over when full keeps the bound simple; no honest input comes near it.
    if (this.#bytes + size > MAX_CACHED_DEFINITION_BYTES) {
      this.#templates.clear()
      this.#bytes = 0
    }
    this.#bytes += size
    const sameKey = this.#templates.get(key)
    if (sameKey === undefined) this.#templates.set(key, [template])
    else {
      sameKey.unshift(template)
      if (sameKey.length > MAX_DEFINITIONS_PER_GUID) sameKey.pop()
    }
    return template
  }
}
