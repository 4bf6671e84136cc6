import { otlpValue } from '../../../sources/json/otlp.ts'
import { refuseTooMany } from '../lines.ts'

/** A log record as exporters of plain JSON write it; `body` and `attributes` (members of an object) are JSON. */
export const logRecordLine = (time: string, body: string, attributes: readonly string[]): string =>
  `{"timeUnixNano":${JSON.stringify(time)},"body":${body},"attributes":{${attributes.join(',')}}}\n`

/** The log records of a request, each as a line of JSON. */
export function linesOfJson(request: unknown): string[] {
  const records = listIn(request, 'resourceLogs')
    .flatMap((resource) => listIn(resource, 'scopeLogs'))
    .flatMap((scope) => listIn(scope, 'logRecords'))
  refuseTooMany(records.length)
  return records.map(lineOf)
}

function lineOf(record: unknown): string {
  const time = memberOf(record, 'timeUnixNano')
  const attributes = listIn(record, 'attributes').flatMap((one) => {
    const [key, value] = [memberOf(one, 'key'), otlpValue(memberOf(one, 'value'))]
    return typeof key === 'string' && value !== undefined ? [`${JSON.stringify(key)}:${JSON.stringify(value)}`] : []
  })
  const body = JSON.stringify(otlpValue(memberOf(record, 'body'))) ?? 'null'
  return logRecordLine(typeof time === 'string' ? time : '', body, attributes)
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

/** Lines in memory that threads share, and where each begins. */
export function joinedLines(lines: readonly string[]): {
  readonly bytes: Uint8Array<SharedArrayBuffer>
  readonly places: Float64Array
} {
  const places = new Float64Array(lines.length)
  let length = 0
  for (const [index, line] of lines.entries()) {
    places[index] = length
    length += Buffer.byteLength(line)
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(length))
  const buffer = Buffer.from(bytes.buffer)
  let at = 0
  for (const line of lines) at += buffer.write(line, at, 'utf8')
  return { bytes, places }
}
