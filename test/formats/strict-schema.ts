import { Ajv2020 } from 'ajv/dist/2020.js'

type Schema = Record<string, unknown>

/** A schema that also refuses every member that it does not describe, so that what is printed and what is described stay the same. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)])) as Schema
  return 'properties' in copy && !('additionalProperties' in copy) && copy.type === 'object'
    ? { ...copy, additionalProperties: false }
    : copy
}

/** Asks a value of a schema; what is wrong as a text, empty where nothing is. */
export function validator(schema: object): (value: unknown) => string {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true })
  const validate = ajv.compile(schema)
  return (value) => (validate(value) ? '' : ajv.errorsText(validate.errors).slice(0, 2_000))
}
