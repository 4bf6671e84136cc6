/** An element of the XML that another decoder printed. */
export interface Xml {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: (Xml | string)[]
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** `&lt;`, `&#10;` and `&#x0a;` as the characters they stand for. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    return entities[name] ?? whole
  })
}

/** Every `<Event …>…</Event>` of a print-out; what stands between them (headers, messages) is passed over. */
export function* eventsOf(printed: string): Generator<Xml> {
  let from = 0
  for (;;) {
    const start = printed.indexOf('<Event ', from)
    if (start < 0) return
    // `</Event>` inside a value would be escaped, so the first one ends the event.
    const end = printed.indexOf('</Event>', start)
    if (end < 0) return
    const event = parseXml(printed.slice(start, end + 8))
    if (event !== undefined) yield event
    from = end + 8
  }
}

/** The first element of the text, read leniently: decoders print control characters that XML forbids. */
export function parseXml(text: string): Xml | undefined {
  const root: Xml = { name: '', attributes: new Map(), children: [] }
  const open: Xml[] = [root]
  const token =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s/>]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+|<)/g
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [, cdata, closing, name, attributeText, selfClosing, characters] = match
    const parent = open.at(-1) as Xml
    if (cdata !== undefined) parent.children.push(cdata)
    else if (characters !== undefined) parent.children.push(unescapeXml(characters))
    else if (name === undefined) continue
    else if (closing === '/') {
      if (open.length > 1) open.pop()
    } else {
      const element: Xml = { name, attributes: attributesOf(attributeText ?? ''), children: [] }
      parent.children.push(element)
      if (selfClosing !== '/') open.push(element)
    }
  }
  return root.children.find((child) => typeof child !== 'string')
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(name as string, unescapeXml(double ?? single ?? ''))
  }
  return attributes
}
