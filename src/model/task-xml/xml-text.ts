/** Text as it stands between tags or in an attribute. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** One element a line, two spaces a level; an element with text stays on one line. */
export function indent(xml: string): string {
  let depth = 0
  return xml
    .replace(/>(?=<)/g, '>\n')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth--
      const indented = '  '.repeat(depth) + line
      if (!line.startsWith('</') && !line.includes('</') && !line.endsWith('/>')) depth++
      return indented
    })
    .join('\r\n')
}
