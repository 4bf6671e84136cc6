/** Where what holds a place of a text begins and ends: one event, or the line with several. */
export type ItemAt = (text: Buffer, at: number) => readonly [number, number]

const newline = 0x0a
const quote = 0x22
const backslash = 0x5c
const [openBrace, closeBrace] = [0x7b, 0x7d]

const lineAround: ItemAt = (text, at) => {
  const end = text.indexOf(newline, at)
  return [at === 0 ? 0 : text.lastIndexOf(newline, at - 1) + 1, end < 0 ? text.length : end]
}

/** The object that begins there; several events of one value count their places from where that begins. */
const objectAt: ItemAt = (text, at) => {
  if (text[at] !== openBrace) return lineAround(text, at)
  let depth = 0
  let inText = false
  for (let i = at; i < text.length; i++) {
    const byte = text[i]
    if (inText) {
      if (byte === backslash) i++
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (byte === openBrace) depth++
    else if (byte === closeBrace && --depth === 0) return [at, i + 1]
  }
  return lineAround(text, at)
}

const elementAt: ItemAt = (text, at) => {
  const name = /^<((?:[\w.-]{1,64}:)?Event)[\s>]/.exec(text.toString('latin1', at, at + 80))?.[1]
  const end = name === undefined ? -1 : text.indexOf(`</${name}>`, at)
  return name === undefined || end < 0 ? lineAround(text, at) : [at, end + name.length + 3]
}

/** A row ends at a line's end outside quotes. */
const rowAt: ItemAt = (text, at) => {
  let inQuotes = false
  for (let i = at; i < text.length; i++) {
    if (text[i] === quote) inQuotes = !inQuotes
    else if (text[i] === newline && !inQuotes) return [at, i]
  }
  return [at, text.length]
}

/** By the kind of an input. */
export const itemAround: Readonly<Record<string, ItemAt>> & { readonly json: ItemAt } = {
  json: objectAt,
  'json-lines': objectAt,
  'event-xml': elementAt,
  csv: rowAt,
}
