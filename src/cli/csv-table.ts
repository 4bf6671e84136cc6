/** Rows of a table that a user wrote or exported, with commas, semicolons or tabs between the values, and quotes around those that need them. */
export function csvTable(text: string): string[][] {
  const body = text.replace(/^\ufeff/, '').replace(/^#TYPE [^\n]*\n/, '')
  const first = body.slice(0, Math.max(0, body.indexOf('\n') < 0 ? body.length : body.indexOf('\n')))
  const mark = [';', '\t', ','].find((one) => first.includes(one)) ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let value = ''
  let isQuoted = false
  const endValue = () => {
    row.push(value)
    value = ''
  }
  const endRow = () => {
    endValue()
    if (row.some((cell) => cell.trim() !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < body.length; at++) {
    const character = body[at] as string
    if (isQuoted) {
      if (character !== '"') value += character
      else if (body[at + 1] === '"') value += body[at++]
      else isQuoted = false
    } else if (character === '"' && value === '') isQuoted = true
    else if (character === mark) endValue()
    else if (character === '\n') endRow()
    else if (character !== '\r') value += character
  }
  endRow()
  return rows
}
