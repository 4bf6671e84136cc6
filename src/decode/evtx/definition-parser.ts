import type { ChunkBytes } from './chunk-bytes.ts'
import { Damage, hex } from './damage.ts'
import type { AttributePiece, ElementPiece, Piece, SlotPiece, TextPiece } from './definition.ts'
import { type Fingerprint, FingerprintTaker } from './fingerprint.ts'
import { MAX_ELEMENT_DEPTH } from './limits.ts'
import { nameEntrySize, readName } from './name.ts'
import { FRAGMENT_HEADER_SIZE, MORE_FOLLOWS, Token } from './token.ts'
import { inlineValueSize, valueText } from './value-text.ts'
import { ValueType } from './value-type.ts'

/** The five entities that XML itself knows; [MS-EVEN6] allows no others. */
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export interface ParsedDefinition {
  readonly root: ElementPiece
  /** Null for an element without a template: it is used once, so nothing is to be recognised. */
  readonly fingerprint: Fingerprint | null
  readonly end: number
}

/**
 * Parses one element with all that is in it. Sizes that elements and attribute lists state are passed over: the tokens
 * alone say where something ends, so that a lying size cannot make two readers see two things.
 * Source: [MS-EVEN6] 2.2.12 BinXml (grammar); libevtx, "Windows XML Event Log (EVTX) format", section Binary XML.
 */
export class DefinitionParser {
  readonly #space: ChunkBytes
  readonly #limit: number
  /** Elements of a template carry a dependency id; those that stand directly in a record or a BinXML value do not. */
  readonly #dependencyIds: boolean
  readonly #taker: FingerprintTaker | null
  #at: number

  constructor(space: ChunkBytes, at: number, limit: number, dependencyIds: boolean) {
    this.#space = space
    this.#at = at
    this.#limit = limit
    this.#dependencyIds = dependencyIds
    this.#taker = dependencyIds ? new FingerprintTaker(space, at) : null
  }

  /** The body of a template definition: fragment header, one element, end of fragment. */
  parse(): ParsedDefinition {
    while (this.#peek() === Token.fragmentHeader) this.#at += FRAGMENT_HEADER_SIZE
    this.#skipProcessingInstructions()
    const token = this.#byte()
    if ((token & ~MORE_FOLLOWS) !== Token.openStartElement) throw this.#unexpected(token, 'an element')
    const root = this.#element(token, 1)
    this.#skipProcessingInstructions()
    return { root, fingerprint: this.#taker?.take(this.#at) ?? null, end: this.#at }
  }

  #element(openToken: number, depth: number): ElementPiece {
    if (depth > MAX_ELEMENT_DEPTH)
      throw new Damage('too-deep', this.#at, `more than ${MAX_ELEMENT_DEPTH} nested elements`)
    this.#skip(this.#dependencyIds ? 6 : 4)
    const name = this.#name()
    const attributes = openToken & MORE_FOLLOWS ? this.#attributes() : []
    const token = this.#byte()
    if (token === Token.closeEmptyElement) return { kind: 'element', name, attributes, content: [] }
    if (token !== Token.closeStartElement) throw this.#unexpected(token, 'the end of a start tag')
    const content: Piece[] = []
    for (;;) {
      const next = this.#byte()
      if (next === Token.endElement) return { kind: 'element', name, attributes, content }
      if ((next & ~MORE_FOLLOWS) === Token.openStartElement) content.push(this.#element(next, depth + 1))
      else this.#characters(next, content)
    }
  }

  #attributes(): AttributePiece[] {
    this.#skip(4)
    const attributes: AttributePiece[] = []
    for (;;) {
      if ((this.#peek() & ~MORE_FOLLOWS) !== Token.attribute) return attributes
      this.#at += 1
      const name = this.#name()
      const content: Piece[] = []
      while (isCharacters(this.#peek())) this.#characters(this.#byte(), content)
      attributes.push({ name, content })
    }
  }

  /** Text, a reference or a value slot; processing instructions are read and left out. */
  #characters(token: number, content: Piece[]): void {
    switch (token & ~MORE_FOLLOWS) {
      case Token.value:
        content.push(this.#value())
        return
      case Token.cdata:
        content.push({ kind: 'text', text: this.#countedText() })
        return
      case Token.characterReference:
        content.push({ kind: 'text', text: String.fromCharCode(this.#word()) })
        return
      case Token.entityReference: {
        const name = this.#name()
        content.push({ kind: 'text', text: entities[name] ?? `&${name};` })
        return
      }
      case Token.processingInstructionTarget:
        this.#name()
        return
      case Token.processingInstructionData:
        this.#countedText()
        return
      case Token.normalSubstitution:
      case Token.optionalSubstitution:
        content.push(this.#slot((token & ~MORE_FOLLOWS) === Token.optionalSubstitution))
        return
      default:
        throw this.#unexpected(token, 'content')
    }
  }

  #value(): TextPiece {
    const type = this.#byte()
    if (type === ValueType.string) return { kind: 'text', text: this.#countedText() }
    const size = inlineValueSize(type)
    if (size === undefined) throw new Damage('bad-binxml', this.#at, `a literal of value type ${hex(type)}`)
    const at = this.#at
    this.#advance(size)
    return { kind: 'text', text: valueText(this.#space, type, at, size) }
  }

  /** The type that a substitution states is what the manifest expects; what counts is the type of the value itself. */
  #slot(optional: boolean): SlotPiece {
    const slot = this.#word()
    this.#advance(1)
    return { kind: 'slot', slot, optional }
  }

  #countedText(): string {
    const size = 2 * this.#word()
    const start = this.#at
    this.#advance(size)
    return this.#space.bytes.toString('utf16le', start, this.#at)
  }

  #name(): string {
    const at = this.#at
    this.#advance(4)
    const nameAt = this.#space.view.getUint32(at, true)
    const name = readName(this.#space, nameAt)
    if (nameAt === this.#at) this.#advance(nameEntrySize(this.#space, nameAt))
    this.#taker?.name(at, nameAt, this.#at)
    return name
  }

  #skipProcessingInstructions(): void {
    const dropped: Piece[] = []
    for (;;) {
      const token = this.#at < this.#limit ? this.#peek() : Token.endOfFragment
      if (token !== Token.processingInstructionTarget && token !== Token.processingInstructionData) return
      this.#characters(this.#byte(), dropped)
    }
  }

  #skip(count: number): void {
    this.#taker?.skip(this.#at, count)
    this.#advance(count)
  }

  #byte(): number {
    const value = this.#peek()
    this.#at += 1
    return value
  }

  #word(): number {
    const at = this.#at
    this.#advance(2)
    return this.#space.view.getUint16(at, true)
  }

  #peek(): number {
    if (this.#at >= this.#limit) throw this.#cut()
    return this.#space.view.getUint8(this.#at)
  }

  #advance(count: number): void {
    if (this.#at + count > this.#limit) throw this.#cut()
    this.#at += count
  }

  #cut(): Damage {
    return new Damage('bad-binxml', this.#at, 'an element goes on beyond its end')
  }

  #unexpected(token: number, wanted: string): Damage {
    return new Damage('bad-binxml', this.#at - 1, `token ${hex(token)} where ${wanted} is expected`)
  }
}

function isCharacters(token: number): boolean {
  switch (token & ~MORE_FOLLOWS) {
    case Token.value:
    case Token.characterReference:
    case Token.entityReference:
    case Token.normalSubstitution:
    case Token.optionalSubstitution:
      return true
    default:
      return false
  }
}
