import { createHash } from 'node:crypto'
import type { SlotType } from './value.ts'

/** A place in a template that each record fills. An optional slot without a value takes its attribute or element away. */
export interface Slot {
  readonly slot: number
  readonly type: SlotType
  readonly optional: boolean
}

export interface Element {
  readonly name: string
  /** The slot without whose value the whole element is left out. */
  readonly dependsOn?: number
  readonly attributes?: readonly (readonly [name: string, value: string | Slot])[]
  /** A string is an attribute's or element's text. */
  readonly children?: readonly (Element | Slot | string)[]
}

/** A template definition: written once in each chunk that uses it, then referred to. */
export interface Template {
  readonly root: Element
  /** The 16 bytes that identify the definition; its first four are its id in a record. */
  readonly guid: Buffer
  /** An upper bound for its definition in bytes, with every name inline. */
  readonly largestSize: number
}

/**
 * Windows takes the GUID from a digest of the definition: the same definition has the same GUID in every file.
 * Here it is an MD5 of the tree; no reader recomputes it.
 */
export function makeTemplate(root: Element): Template {
  return {
    root,
    guid: createHash('md5').update(JSON.stringify(root)).digest(),
    largestSize: 24 + 4 + largest(root) + 1,
  }
}

const NAME = 4 + 8 + 2 // offset in the token; next, hash, count; terminator

function largest(element: Element): number {
  const attributes = element.attributes ?? []
  let size = 7 + NAME + 2 * element.name.length + 4 + 2
  for (const [name, value] of attributes) size += 1 + NAME + 2 * name.length + content(value)
  for (const child of element.children ?? []) size += isElement(child) ? largest(child) : content(child)
  return size
}

const content = (value: string | Slot): number => (typeof value === 'string' ? 4 + 2 * value.length : 4)

export const isElement = (child: Element | Slot | string): child is Element =>
  typeof child === 'object' && 'name' in child
