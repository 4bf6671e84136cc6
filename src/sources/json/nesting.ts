/** Objects and lists in each other: what wraps an event and what is in it have a dozen. */
const deepest = 256
/** A shorter text cannot be nested so deep that whoever goes down into it runs out of stack. */
const harmless = 4096

/** Whether JSON is nested deeper than anything real, by its brackets outside of texts; what is no JSON at all may be told to be so. */
export function isTooDeep(json: string): boolean {
  if (json.length < harmless) return false
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case 0x22:
        at = textEnd(json, at + 1)
        break
      case 0x5b:
      case 0x7b:
        if (++depth > deepest) return true
        break
      case 0x5d:
      case 0x7d:
        depth--
        break
    }
  }
  return false
}

/** The place of the quote that ends the text that goes on here; the length where none does. */
export function textEnd(json: string, from: number): number {
  for (let at = from; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === 0x22) return at
    if (code === 0x5c) at++
  }
  return json.length
}

/** Undefined when it is no JSON, or nested too deep. For JSON within a text of an event. */
export function parseWithin(json: string): unknown {
  if (isTooDeep(json)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
