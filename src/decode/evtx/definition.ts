/**
 * A template definition, or an element that stands in a record without one, as a tree of literal text and value slots.
 * Source: [MS-EVEN6] 2.2.12 BinXml.
 */
export type Piece = TextPiece | SlotPiece | ElementPiece

export interface TextPiece {
  readonly kind: 'text'
  readonly text: string
}

/** Where the value number `slot` of an instance goes. */
export interface SlotPiece {
  readonly kind: 'slot'
  readonly slot: number
  /** An optional substitution leaves out what contains nothing but it when its value is null. */
  readonly optional: boolean
}

export interface ElementPiece {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly AttributePiece[]
  readonly content: readonly Piece[]
}

export interface AttributePiece {
  readonly name: string
  readonly content: readonly Piece[]
}

/** The text when there is nothing but text; undefined when a value or an element takes part. */
export function literalText(pieces: readonly Piece[]): string | undefined {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind !== 'text') return undefined
    text += piece.text
  }
  return text
}

/** The only piece when it is a slot. */
export function onlySlot(pieces: readonly Piece[]): SlotPiece | undefined {
  const [first] = pieces
  return pieces.length === 1 && first?.kind === 'slot' ? first : undefined
}

export function isElement(piece: Piece): piece is ElementPiece {
  return piece.kind === 'element'
}

export function childElements(element: ElementPiece): ElementPiece[] {
  return element.content.filter(isElement)
}
