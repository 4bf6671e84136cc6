/** Log records, one a line, each in the form of a request with it alone, and where each begins. */
export interface OtlpLines {
  readonly bytes: Uint8Array<SharedArrayBuffer>
  readonly places: Float64Array
}

const before = '{"resourceLogs":[{"scopeLogs":[{"logRecords":['
const after = ']}]}]}\n'

/** What is kept of a record is then that record. */
export function otlpLines(request: unknown): OtlpLines {
  const lines = recordsIn(request).map((record) => Buffer.from(`${before}${JSON.stringify(record)}${after}`))
  const bytes = new Uint8Array(new SharedArrayBuffer(lines.reduce((sum, { length }) => sum + length, 0)))
  const places = new Float64Array(lines.length)
  let at = 0
  for (const [index, line] of lines.entries()) {
    places[index] = at
    bytes.set(line, at)
    at += line.length
  }
  return { bytes, places }
}

const recordsIn = (request: unknown): unknown[] =>
  listIn(request, 'resourceLogs')
    .flatMap((resource) => listIn(resource, 'scopeLogs'))
    .flatMap((scope) => listIn(scope, 'logRecords'))

function listIn(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const list = (value as Readonly<Record<string, unknown>>)[name]
  return Array.isArray(list) ? list : []
}
