import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { UsageError } from './refusals.ts'

/** YAML, or JSON, that the user wrote, with the lines on which its parts stand. */
export class YamlFile {
  /** What it says, as plain values. */
  readonly value: unknown
  readonly #path: string
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** Throws a UsageError that names the line. */
  constructor(source: string, path: string) {
    this.#path = path
    this.#document = parseDocument(source, { lineCounter: this.#lines })
    const [error] = this.#document.errors
    if (error) throw new UsageError(`${path}: ${error.message.split('\n')[0]}`)
    try {
      this.value = this.#document.toJS()
    } catch (failure) {
      // Of a file made of references to itself the library gives up, with an error that says so.
      throw new UsageError(`${path}: ${(failure as Error).message}`)
    }
  }

  get isMap(): boolean {
    return isMap(this.#document.contents)
  }

  /** The file with the line on which a misfit is written; what is not there, where what should hold it is. */
  placeOf(issue: z.core.$ZodIssue): string {
    const offset = this.#offsetOf(issue)
    return `${this.#path}${offset === null ? '' : `, line ${this.#lines.linePos(offset).line}`}`
  }

  #offsetOf(issue: z.core.$ZodIssue): number | null {
    for (let length = issue.path.length; length >= 0; length--) {
      const node = length === 0 ? this.#document.contents : this.#document.getIn(issue.path.slice(0, length), true)
      const unknown =
        issue.code === 'unrecognized_keys' && isMap(node) ? node.items.find(isNamed(issue.keys[0])) : undefined
      const place = isNode(unknown?.key) ? unknown.key : node
      if (isNode(place) && place.range) return place.range[0]
    }
    return null
  }
}

const isNamed =
  (name: string | undefined) =>
  ({ key }: { readonly key: unknown }): boolean =>
    isScalar(key) && String(key.value) === name
