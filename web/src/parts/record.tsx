/** Values of a record that are shown; a record of JSON can have any number. */
const most = 120

/** A record as it was decoded: what its header says, and what it carries. */
export function DecodedRecord({ record }: { record: unknown }) {
  if (typeof record === 'string') return <pre>{record.slice(0, 20_000)}</pre>
  const lines = linesOf(record, '')
  return (
    <table class="record">
      <tbody>
        {lines.slice(0, most).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value.length > 4000 ? `${value.slice(0, 4000)}… (${value.length} characters)` : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Nested values by their paths; no deeper than exports nest them. */
function linesOf(value: unknown, name: string, depth = 0): [string, string][] {
  if (value === null || value === undefined || value === '') return []
  if (typeof value !== 'object' || depth > 6) return [[name, typeof value === 'string' ? value : JSON.stringify(value)]]
  const entries = Object.entries(value).slice(0, most)
  return entries.flatMap(([key, one]) =>
    linesOf(one, name === '' || name === 'data' ? key : `${name}.${key}`, depth + 1),
  )
}
