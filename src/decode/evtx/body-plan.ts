import { childElements, type ElementPiece, literalText, onlySlot } from './definition.ts'

/** One item of a body: literal text, or the slot that its text comes from. */
export interface BodyItem {
  /** Null for a Data element without a Name: it is known by its position. */
  readonly name: string | null
  /** Null when the text comes from a slot. */
  readonly literal: string | null
  readonly slot: number
  readonly optional: boolean
}

/**
 * What an event says besides System: EventData, UserData, or one of the rarer ones.
 * Source: https://learn.microsoft.com/windows/win32/wes/eventschema-eventtype-complextype
 */
export interface BodyPlan {
  readonly element: ElementPiece
  readonly kind: 'EventData' | 'other'
  /** EventData: its items in order. Others: the leaf elements at any depth. */
  readonly items: readonly BodyItem[]
  readonly byName: ReadonlyMap<string, BodyItem>
  /** False when an item is more than one value or one literal: only the expanded tree tells then. */
  readonly plain: boolean
  /** Some Data has no Name. */
  readonly positional: boolean
}

export function bodyPlan(element: ElementPiece): BodyPlan {
  const items: BodyItem[] = []
  const kind = element.name === 'EventData' ? 'EventData' : 'other'
  const isPlain = kind === 'EventData' ? eventDataItems(element, items) : leafItems(element, items)
  const byName = new Map<string, BodyItem>()
  for (const item of items) if (item.name !== null) byName.set(item.name, item)
  const positions = items.filter((item) => item.name === null).length
  // Of several items of one name, only the tree knows all.
  const plain = isPlain && byName.size + positions === items.length
  return { element, kind, items, byName, plain, positional: positions > 0 }
}

/** Fills `items` from `<Data Name="…">` and their like; false when something does not fit the form. */
function eventDataItems(element: ElementPiece, items: BodyItem[]): boolean {
  let plain = true
  for (const piece of element.content) {
    if (piece.kind !== 'element') {
      plain &&= piece.kind === 'text' && piece.text.trim() === ''
      continue
    }
    const attribute = piece.attributes.find(({ name }) => name === 'Name')
    const attributeText = attribute && literalText(attribute.content)
    if (attribute !== undefined && attributeText === undefined) plain = false
    const item = itemOf(piece, attributeText ?? (piece.name === 'Data' ? null : piece.name))
    if (item === undefined) plain = false
    else items.push(item)
  }
  return plain
}

/** Fills `items` from elements without child elements; false when a slot stands where elements are, too. */
function leafItems(element: ElementPiece, items: BodyItem[]): boolean {
  let plain = true
  for (const child of childElements(element)) {
    if (childElements(child).length > 0) {
      if (child.content.some((piece) => piece.kind === 'slot')) plain = false
      if (!leafItems(child, items)) plain = false
      continue
    }
    const item = itemOf(child, child.name)
    if (item === undefined) plain = false
    else items.push(item)
  }
  return plain && !element.content.some((piece) => piece.kind === 'slot')
}

function itemOf(element: ElementPiece, name: string | null): BodyItem | undefined {
  const literal = literalText(element.content)
  if (literal !== undefined) return { name, literal, slot: -1, optional: false }
  const slot = onlySlot(element.content)
  return slot && { name, literal: null, slot: slot.slot, optional: slot.optional }
}
