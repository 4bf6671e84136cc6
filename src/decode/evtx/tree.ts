import { append } from '../../model/lists.ts'
import { forEachItem } from './array-items.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { Damage } from './damage.ts'
import { type ElementPiece, onlySlot, type Piece } from './definition.ts'
import { Instance } from './instance.ts'
import { MAX_EXPANDED_CHARACTERS, MAX_VALUE_DEPTH } from './limits.ts'
import { valueText } from './value-text.ts'
import { ARRAY, ValueType } from './value-type.ts'

/** What an element and a text take besides their characters, counted as such: empty ones must not multiply either. */
const ELEMENT_COST = 64
const TEXT_COST = 8

/** An element as Windows would show it, with every value in its place. */
export interface XmlElement {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, text: string])[]
  readonly children: readonly (XmlElement | string)[]
}

/** The whole of a record's XML. General and slow: what knows its template's form reads the slots instead. */
export function expand(instance: Instance): XmlElement[] {
  return expandElement(instance.template.root, instance)
}

/** One element of a template, with the values of the instance. */
export function expandElement(element: ElementPiece, instance: Instance): XmlElement[] {
  return new Expansion(instance.space).element(element, instance, 0)
}

class Expansion {
  readonly #space: ChunkBytes
  #left = MAX_EXPANDED_CHARACTERS

  constructor(space: ChunkBytes) {
    this.#space = space
  }

  /**
   * An element is left out when it holds nothing but an optional value that is null, and repeated for each item of an
   * array that is all it holds.
   * Source: [MS-EVEN6] 2.2.12 BinXml, OptionalSubstitution and array types.
   */
  element(piece: ElementPiece, instance: Instance, depth: number): XmlElement[] {
    const slot = onlySlot(piece.content)
    if (slot !== undefined) {
      const type = instance.type(slot.slot)
      if (type === ValueType.null && slot.optional) return []
      if (type & ARRAY) return this.#repeat(piece, instance, slot.slot)
    }
    const children: (XmlElement | string)[] = []
    for (const child of piece.content) this.#content(child, instance, depth, children)
    return [{ name: piece.name, attributes: this.#attributes(piece, instance), children }]
  }

  #repeat(piece: ElementPiece, instance: Instance, slot: number): XmlElement[] {
    const elements: XmlElement[] = []
    const { space } = instance
    forEachItem(space, instance.type(slot), instance.at(slot), instance.size(slot), (type, at, size) => {
      const text = this.#text(valueText(space, type, at, size))
      elements.push({ name: piece.name, attributes: this.#attributes(piece, instance), children: [text] })
    })
    if (elements.length > 0) return elements
    return [{ name: piece.name, attributes: this.#attributes(piece, instance), children: [] }]
  }

  #content(piece: Piece, instance: Instance, depth: number, children: (XmlElement | string)[]): void {
    if (piece.kind === 'element') append(children, this.element(piece, instance, depth))
    else if (piece.kind === 'text') children.push(this.#text(piece.text))
    else if (instance.type(piece.slot) === ValueType.binXml) append(children, this.#nested(instance, piece.slot, depth))
    else children.push(this.#text(slotText(instance, piece.slot)))
  }

  #nested(instance: Instance, slot: number, depth: number): XmlElement[] {
    const at = instance.at(slot)
    const size = instance.size(slot)
    if (size === 0) return []
    if (depth >= MAX_VALUE_DEPTH) throw new Damage('too-deep', at, `more than ${MAX_VALUE_DEPTH} nested BinXML values`)
    const inner = new Instance(instance.space)
    inner.open(at, at + size)
    const elements = this.element(inner.template.root, inner, depth + 1)
    while (inner.openNext(at + size)) append(elements, this.element(inner.template.root, inner, depth + 1))
    return elements
  }

  #attributes(piece: ElementPiece, instance: Instance): [string, string][] {
    const attributes: [string, string][] = []
    for (const { name, content } of piece.attributes) {
      const text = piecesText(content, instance)
      if (text !== null) attributes.push([name, this.#text(text)])
    }
    this.#spend(piece.name.length + ELEMENT_COST)
    return attributes
  }

  #text(text: string): string {
    this.#spend(text.length + TEXT_COST)
    return text
  }

  #spend(cost: number): void {
    this.#left -= cost
    this.#space.expandable -= cost
    if (this.#left < 0) throw new Damage('too-large', 0, `its XML has more than ${MAX_EXPANDED_CHARACTERS} characters`)
    if (this.#space.expandable < 0) throw new Damage('too-large', 0, 'the records of its chunk repeat too much')
  }
}

/** The text of one value; empty for a slot without one. */
export function slotText(instance: Instance, slot: number): string {
  const type = instance.type(slot)
  if (type === ValueType.null) return ''
  return valueText(instance.space, type, instance.at(slot), instance.size(slot))
}

/** Text and values one after the other; null when there is nothing but optional values and all are null. */
export function piecesText(pieces: readonly Piece[], instance: Instance): string | null {
  let text = ''
  let present = pieces.length === 0
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      text += piece.text
      present = true
    } else if (piece.kind === 'slot' && !(piece.optional && instance.type(piece.slot) === ValueType.null)) {
      text += slotText(instance, piece.slot)
      present = true
    }
  }
  return present ? text : null
}

/** All text inside an element, however deep. */
export function textOf(element: XmlElement): string {
  let text = ''
  for (const child of element.children) text += typeof child === 'string' ? child : textOf(child)
  return text
}
