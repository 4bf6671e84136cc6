import { longestEvent } from '../events/splitter.ts'
import { type JsonLayout, type JsonLook, LookTaker, splitterOf } from './look.ts'

/** Of an input whose beginning tells nothing so much is looked at: some events of the greatest length may come first. */
const furthest = 3 * longestEvent

/** The same with what is longer than any event and passed over, which costs little. */
const furthestPassed = 256 << 20

/** Whole objects of which none is an event: it is JSON of another kind. */
const enough = 5_000

const firstSign = /[^\s\0\xef\xbb\xbf]/

/** How the events of an input lie of which the beginning holds none whole; null: there are none. `text`: its content in UTF-8. */
export async function lookFurther(text: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<JsonLook | null> {
  let looks: { readonly layout: JsonLayout; readonly taker: LookTaker; push(block: Buffer): void }[] | null = null
  let met = 0
  let passed = 0
  for await (const block of text) {
    if (looks === null) {
      const first = firstSign.exec(block.toString('latin1'))?.[0]
      if (first === undefined) continue
      looks = layoutsFor(first).map((layout) => {
        const taker = new LookTaker()
        const splitter = splitterOf(layout, taker)
        return { layout, taker, push: (bytes) => splitter.push(bytes) }
      })
    }
    for (const { layout, taker, push } of looks) {
      push(block)
      if (taker.carriers.size > 0) return { layout, carriers: [...taker.carriers], localTimes: taker.localTimes }
    }
    if (looks.some(({ taker }) => taker.isPassing)) passed += block.length
    else met += block.length
    if (met > furthest || passed > furthestPassed || looks.some(({ taker }) => taker.looked > enough)) return null
  }
  return null
}

/** A line that was cut may come first: then only whole lines behind it tell anything. */
const layoutsFor = (first: string): readonly JsonLayout[] =>
  first === '[' ? ['documents'] : first === '{' ? ['lines', 'documents'] : ['lines']
