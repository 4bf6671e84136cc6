import { isObject, type JsonObject, own } from './json-object.ts'

/** Values of a body are at most this deep: event, event_data, data, one item. */
export const deepestOtlpValue = 16

/**
 * The bodies of the log records in one line of OpenTelemetry's OTLP JSON (`resourceLogs` → `scopeLogs` → `logRecords` → `body`)
 * as plain values: objects, or texts of the event where the receiver was told to keep it raw.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, opentelemetry/proto/common/v1 (AnyValue).
 */
export function otlpBodies(line: JsonObject): unknown[] {
  return objects(own(line, 'resourceLogs')).flatMap((resource) =>
    objects(own(resource, 'scopeLogs')).flatMap((scope) =>
      objects(own(scope, 'logRecords')).flatMap((record) => {
        const body = own(record, 'body')
        return isObject(body) ? [plainValue(body, 0)] : []
      }),
    ),
  )
}

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** A value of OTLP's JSON (`AnyValue`) as a plain one; undefined: it is none. */
export const otlpValue = (value: unknown): unknown => (isObject(value) ? plainValue(value, 0) : undefined)

/** 64-bit numbers are texts in JSON and stay so. */
function plainValue(value: JsonObject, depth: number): unknown {
  if (depth > deepestOtlpValue) return undefined
  for (const key of ['stringValue', 'intValue', 'boolValue', 'doubleValue']) {
    const plain = own(value, key)
    if (plain !== undefined) return plain
  }
  const list = own(value, 'arrayValue')
  if (isObject(list)) return objects(own(list, 'values')).map((item) => plainValue(item, depth + 1))
  const map = own(value, 'kvlistValue')
  if (!isObject(map)) return undefined
  const plain: Record<string, unknown> = Object.create(null)
  for (const member of objects(own(map, 'values'))) {
    const [name, inside] = [own(member, 'key'), own(member, 'value')]
    if (typeof name === 'string' && isObject(inside)) plain[name] = plainValue(inside, depth + 1)
  }
  return plain
}
