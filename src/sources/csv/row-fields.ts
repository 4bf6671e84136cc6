const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** No table is wider; a row of nothing but commas must not fill the memory. */
const mostValues = 4096

/** What `read` found when the text ends within the row. */
export const unfinished = 0
/** What `read` found when no row can be so: something stands between the end of a quoted value and the next. */
export const broken = -1

/**
 * Finds the values of one row by their places, without making texts of them. RFC 4180: values are quoted where they hold a
 * delimiter, a quote (doubled) or a line's end; a quote inside an unquoted value is a character like any other.
 */
export class RowFields {
  readonly #delimiter: number
  /** Begin and end of each value, without its quotes. */
  #places = new Int32Array(256)
  count = 0
  /** How far `read` had looked when the row was not whole. */
  gaveUpAt = 0

  constructor(delimiter: number) {
    this.#delimiter = delimiter
  }

  /** Reads the row that begins here; returns where the next one does, `unfinished`, or `broken`. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the inner loop of every table, in one piece for its speed
  read(text: string, from: number, isEnd = true): number {
    this.count = 0
    const delimiter = this.#delimiter
    const length = text.length
    let at = from
    while (true) {
      if (this.count === mostValues) {
        this.gaveUpAt = at
        return broken
      }
      let end: number
      if (text.charCodeAt(at) === quote) {
        const close = closingQuote(text, at + 1)
        // a quote at the text's end may be the first of two
        if (close === -1 || (close + 1 >= length && !isEnd)) {
          this.gaveUpAt = length
          return unfinished
        }
        this.#add(at + 1, close)
        end = close + 1
        if (text.charCodeAt(end) === carriageReturn) end++
      } else {
        end = at
        let code = 0
        while (end < length) {
          code = text.charCodeAt(end)
          if (code === delimiter || code === lineFeed) break
          end++
        }
        this.#add(at, end > at && code === lineFeed && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end)
      }
      if (end >= length) {
        this.gaveUpAt = length
        return isEnd ? length : unfinished
      }
      const code = text.charCodeAt(end)
      if (code === lineFeed) return end + 1
      if (code !== delimiter) {
        this.gaveUpAt = end
        return broken
      }
      at = end + 1
    }
  }

  begin(field: number): number {
    return this.#places[field * 2] as number
  }

  end(field: number): number {
    return this.#places[field * 2 + 1] as number
  }

  values(text: string): string[] {
    return Array.from({ length: this.count }, (_, field) => {
      const begin = this.begin(field)
      const value = text.slice(begin, this.end(field))
      // before an unquoted value stands a delimiter or a line's end
      return text.charCodeAt(begin - 1) === quote ? value.replaceAll('""', '"') : value
    })
  }

  #add(begin: number, end: number): void {
    const at = this.count++ * 2
    if (at >= this.#places.length) {
      const larger = new Int32Array(this.#places.length * 2)
      larger.set(this.#places)
      this.#places = larger
    }
    this.#places[at] = begin
    this.#places[at + 1] = end
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at
  }
  return -1
}
