import type { Fact } from '../model/fact.ts'
import {
  absent,
  FLAG,
  headCell,
  headCells,
  kindIndex,
  longestRow,
  NUMBER,
  type RowKind,
  rowKinds,
  SHARED,
  TEXT,
} from './fact-layout.ts'
import { byCodeUnit, shardOfHost } from './fact-order.ts'
import type { PackedFacts } from './ports.ts'

/** Characters that a text takes besides its own, roughly. */
const plainText = 50

type Loose = Record<string, unknown>

/** Cells to begin with; more are taken twice as many at a time. */
const fewestCells = 1 << 12

/** Texts that are looked for when another comes; a power of two. */
const recentTexts = 1 << 13

/** Facts in one packed block, and the characters of its texts: what the merge holds of each run at a time. */
const most = { facts: 500, characters: 1_000_000 }

/**
 * Facts as rows of numbers, with their texts beside them: a tenth of what they take as objects, and nothing for the collector of garbage
 * to go through. A row holds a fact's head and then what its kind has (`fact-layout.ts`); in place of a text it has the text's place.
 */
export class FactRows {
  #cells = new Float64Array(fewestCells)
  #end = 0
  readonly #starts: number[] = []
  readonly #texts: string[] = []
  /** Places of texts that came lately, by `slotOf`: a text is kept once as long as it comes again and again. */
  readonly #recent = new Int32Array(recentTexts)
  /** Values that many facts have alike are one object, too. */
  readonly #placeOfValue = new Map<object, number>()
  #weight = 0

  get count(): number {
    return this.#starts.length
  }

  /** How many numbers they take. */
  get cells(): number {
    return this.#end
  }

  /** How much their texts take, in characters. */
  get weight(): number {
    return this.#weight
  }

  add(fact: Fact): void {
    if (this.#end + longestRow > this.#cells.length) this.#grow()
    const cells = this.#cells
    let at = this.#end
    this.#starts.push(at)
    const kind = kindIndex.get(fact.kind) as number
    cells[at++] = kind
    cells[at++] = fact.time
    cells[at++] = fact.ticks
    cells[at++] = this.#placeOf(fact.host)
    cells[at++] = fact.source
    cells[at++] = this.#placeOf(fact.channel)
    cells[at++] = fact.eventId
    cells[at++] = fact.recordId
    cells[at++] = fact.position
    const values = fact as unknown as Loose
    const { names, forms } = rowKinds[kind] as RowKind
    for (let i = 0; i < names.length; i++) {
      const value = values[names[i] as string]
      const form = forms[i]
      if (form === TEXT) cells[at++] = typeof value === 'string' ? this.#placeOf(value) : absent
      else if (form === NUMBER) cells[at++] = typeof value === 'number' ? value : Number.NaN
      else if (form === FLAG) cells[at++] = value === true ? 1 : 0
      else if (value === null || value === undefined) cells[at++] = absent
      else cells[at++] = form === SHARED ? this.#placeOfShared(value as object) : this.#placeOf(JSON.stringify(value))
    }
    this.#end = at
  }

  /** Into the order of facts. */
  sort(): void {
    this.#starts.sort((a, b) => this.#compare(a, b))
  }

  /** As `compareFacts` has it. */
  #compare(a: number, b: number): number {
    const cells = this.#cells
    const texts = this.#texts
    const hostA = cells[a + headCell.host] as number
    const hostB = cells[b + headCell.host] as number
    if (hostA !== hostB) {
      const shard = byCodeUnit(shardOfHost(texts[hostA] as string), shardOfHost(texts[hostB] as string))
      if (shard !== 0) return shard
    }
    const by = (cell: number): number => (cells[a + cell] as number) - (cells[b + cell] as number)
    const byText = (cell: number): number => {
      const [left, right] = [cells[a + cell] as number, cells[b + cell] as number]
      return left === right ? 0 : byCodeUnit(texts[left] as string, texts[right] as string)
    }
    return (
      by(headCell.time) ||
      by(headCell.ticks) ||
      byText(headCell.channel) ||
      by(headCell.recordId) ||
      by(headCell.source) ||
      byText(headCell.host) ||
      by(headCell.eventId) ||
      by(headCell.position)
    )
  }

  /** The facts one after the other, then undefined. */
  unpacking(): () => Fact | undefined {
    const facts = new RowFacts(this.#cells, this.#texts)
    let next = 0
    return () => (next < this.#starts.length ? facts.at(this.#starts[next++] as number) : undefined)
  }

  /** All of them in one block. */
  packed(): PackedFacts {
    const block = new Block(this.#cells, this.#texts, this.#end)
    for (const start of this.#starts) block.add(start)
    return block.take()
  }

  /** The same in blocks of which each is little. */
  *blocks(): Generator<PackedFacts> {
    const block = new Block(this.#cells, this.#texts, most.facts * longestRow)
    for (const start of this.#starts) {
      block.add(start)
      if (block.count === most.facts || block.characters >= most.characters) yield block.take()
    }
    if (block.count > 0) yield block.take()
  }

  clear(): void {
    this.#end = 0
    this.#starts.length = 0
    this.#texts.length = 0
    this.#placeOfValue.clear()
    this.#weight = 0
  }

  #placeOf(text: string): number {
    const slot = slotOf(text)
    const known = this.#recent[slot] as number
    if (this.#texts[known] === text) return known
    const place = this.#texts.push(text) - 1
    this.#recent[slot] = place
    this.#weight += plainText + text.length
    return place
  }

  #placeOfShared(value: object): number {
    let place = this.#placeOfValue.get(value)
    if (place === undefined) {
      place = this.#placeOf(JSON.stringify(value))
      this.#placeOfValue.set(value, place)
    }
    return place
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2)
    larger.set(this.#cells)
    this.#cells = larger
  }
}

/** A number below that, of some of the characters: a table that hashes each text whole takes longer than all the rest. */
function slotOf(text: string): number {
  const step = 1 + (text.length >> 3)
  let hash = text.length
  for (let i = text.length - 1; i >= 0; i -= step) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return (hash ^ (hash >>> 13)) & (recentTexts - 1)
}

/** Rows with the texts of these alone. */
class Block {
  readonly #from: Float64Array
  readonly #allTexts: readonly string[]
  /** Of each of all texts, where it is in this block. */
  readonly #placeHere: Int32Array
  readonly #cells: Float64Array<ArrayBuffer>
  #end = 0
  #texts: number[] = []
  count = 0
  characters = 0

  constructor(from: Float64Array, texts: readonly string[], cells: number) {
    this.#from = from
    this.#allTexts = texts
    this.#placeHere = new Int32Array(texts.length).fill(absent)
    this.#cells = new Float64Array(cells)
  }

  add(start: number): void {
    const { length, textCells } = rowKinds[this.#from[start] as number] as RowKind
    const at = this.#end
    for (let i = 0; i < length; i++) this.#cells[at + i] = this.#from[start + i] as number
    for (const cell of textCells) {
      const place = this.#cells[at + cell] as number
      if (place !== absent) this.#cells[at + cell] = this.#here(place)
    }
    this.#end += length
    this.count++
  }

  #here(place: number): number {
    let here = this.#placeHere[place] as number
    if (here === absent) {
      here = this.#texts.push(place) - 1
      this.#placeHere[place] = here
      this.characters += (this.#allTexts[place] as string).length
    }
    return here
  }

  /** What it holds; then it is empty. */
  take(): PackedFacts {
    const texts = this.#texts.map((place) => this.#allTexts[place])
    const packed = {
      count: this.count,
      numbers: this.#cells.slice(0, this.#end),
      texts: new Uint8Array(Buffer.from(JSON.stringify(texts))),
    }
    for (const place of this.#texts) this.#placeHere[place] = absent
    this.#texts = []
    this.#end = this.count = this.characters = 0
    return packed
  }
}

/** Makes facts of rows again. */
export class RowFacts {
  readonly #cells: Float64Array
  readonly #texts: readonly string[]
  readonly #shared = new Map<number, unknown>()

  constructor(cells: Float64Array, texts: readonly string[]) {
    this.#cells = cells
    this.#texts = texts
  }

  /** The fact whose row begins there. */
  at(start: number): Fact {
    const cells = this.#cells
    const texts = this.#texts
    const { blank, names, forms } = rowKinds[cells[start] as number] as RowKind
    const fact: Loose = { ...blank }
    fact.time = cells[start + headCell.time]
    fact.ticks = cells[start + headCell.ticks]
    fact.host = texts[cells[start + headCell.host] as number]
    fact.source = cells[start + headCell.source]
    fact.channel = texts[cells[start + headCell.channel] as number]
    fact.eventId = cells[start + headCell.eventId]
    fact.recordId = cells[start + headCell.recordId]
    fact.position = cells[start + headCell.position]
    for (let i = 0, at = start + headCells; i < names.length; i++, at++) {
      const value = cells[at] as number
      const form = forms[i]
      const name = names[i] as string
      if (form === TEXT) fact[name] = value === absent ? null : texts[value]
      else if (form === NUMBER) fact[name] = Number.isNaN(value) ? null : value
      else if (form === FLAG) fact[name] = value === 1
      else fact[name] = value === absent ? null : this.#valueOf(value, form === SHARED)
    }
    return fact as unknown as Fact
  }

  #valueOf(place: number, isShared: boolean): unknown {
    const value = this.#shared.get(place) ?? JSON.parse(this.#texts[place] as string)
    if (isShared) this.#shared.set(place, value)
    return value
  }
}
