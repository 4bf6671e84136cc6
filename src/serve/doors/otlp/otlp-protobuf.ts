import protobuf from 'protobufjs'
import { deepestOtlpValue } from '../../../sources/json/otlp.ts'
import { refuseTooMany } from '../lines.ts'
import { logRecordLine } from './otlp-lines.ts'

/**
 * The log records of a request as Protocol Buffers, each as a line of JSON. The bytes are gone through once, without an object for each message
 * on the way, which takes several times as long. Throws where they are none.
 * Source: https://github.com/open-telemetry/opentelemetry-proto (collector/logs/v1, logs/v1, common/v1)
 */
export function linesOfProtobuf(bytes: Buffer): string[] {
  const reader = protobuf.Reader.create(bytes)
  const lines: string[] = []
  const record = () => {
    refuseTooMany(lines.length + 1)
    lines.push(logRecord(reader))
  }
  const scopeLogs = () => message(reader, { 2: () => inside(reader, record) })
  const resourceLogs = () => message(reader, { 2: () => inside(reader, scopeLogs) })
  message(reader, { 1: () => inside(reader, resourceLogs) })
  return lines
}

type Fields = Readonly<Record<number, (() => void) | undefined>>

/** Goes through a message up to the reader's end; fields that are not named are passed over. */
function message(reader: protobuf.Reader, fields: Fields): void {
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    const read = fields[tag >>> 3]
    if (read) read()
    else reader.skipType(tag & 7)
  }
}

/** A message within another: its end is the reader's as long as it is read. */
function inside<T>(reader: protobuf.Reader, read: () => T): T {
  const length = reader.uint32()
  const { len } = reader
  const end = reader.pos + length
  if (end > len) throw new RangeError('a message ends behind the one that it is in')
  reader.len = end
  const result = read()
  reader.len = len
  return result
}

function logRecord(reader: protobuf.Reader): string {
  let [time, body] = ['', 'null']
  const attributes: string[] = []
  message(reader, {
    1: () => {
      time = reader.fixed64().toString()
    },
    5: () => {
      body = inside(reader, () => anyValue(reader, 0)) ?? 'null'
    },
    6: () => addMember(attributes, reader, 0),
  })
  return logRecordLine(time, body, attributes)
}

/** As JSON; undefined: it has no value, or one in too many levels. */
function anyValue(reader: protobuf.Reader, depth: number): string | undefined {
  if (depth > deepestOtlpValue) {
    reader.pos = reader.len
    return undefined
  }
  let value: string | undefined
  const values: string[] = []
  message(reader, {
    1: () => {
      value = JSON.stringify(reader.string())
    },
    2: () => {
      value = String(reader.bool())
    },
    // 64 bits are a text in JSON
    3: () => {
      value = `"${reader.int64()}"`
    },
    4: () => {
      value = JSON.stringify(reader.double())
    },
    5: () => {
      const item = () => values.push(inside(reader, () => anyValue(reader, depth + 1)) ?? 'null')
      inside(reader, () => message(reader, { 1: item }))
      value = `[${values.join(',')}]`
    },
    6: () => {
      const one = () => addMember(values, reader, depth + 1)
      inside(reader, () => message(reader, { 1: one }))
      value = `{${values.join(',')}}`
    },
  })
  return value
}

/** Adds `"key":value`; nothing where it has no value. */
function addMember(members: string[], reader: protobuf.Reader, depth: number): void {
  let key = '""'
  let value: string | undefined
  inside(reader, () =>
    message(reader, {
      1: () => {
        key = JSON.stringify(reader.string())
      },
      2: () => {
        value = inside(reader, () => anyValue(reader, depth))
      },
    }),
  )
  if (value !== undefined) members.push(`${key}:${value}`)
}
