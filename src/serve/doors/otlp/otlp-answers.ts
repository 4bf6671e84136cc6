import protobuf from 'protobufjs'

/**
 * What is said to who sends logs.
 * Source: https://github.com/open-telemetry/opentelemetry-proto (collector/logs/v1), google/rpc/status.proto
 */
const root = protobuf.Root.fromJSON({
  nested: {
    ExportLogsServiceResponse: { fields: { partialSuccess: { type: 'ExportLogsPartialSuccess', id: 1 } } },
    ExportLogsPartialSuccess: {
      fields: { rejectedLogRecords: { type: 'int64', id: 1 }, errorMessage: { type: 'string', id: 2 } },
    },
    Status: { fields: { code: { type: 'int32', id: 1 }, message: { type: 'string', id: 2 } } },
  },
})

/** An answer as Protocol Buffers. */
export function encodedAs(
  name: 'ExportLogsServiceResponse' | 'Status',
  value: Readonly<Record<string, unknown>>,
): Buffer {
  const type = root.lookupType(name)
  return Buffer.from(type.encode(type.fromObject(value)).finish())
}
