import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDefinition, readDefinitionBytes } from '../../src/decode/task-xml/index.ts'
import { printDefinition } from '../../src/model/task-xml/print-definition.ts'
import { indent } from '../../src/model/task-xml/xml-text.ts'
import { definition } from './any-definition.ts'

test('printing a definition and reading it gives it again', () => {
  fc.assert(
    fc.property(definition, (one) => {
      expect(readDefinition(printDefinition(one))).toEqual({ definition: one, problem: null })
    }),
    { numRuns: 500 },
  )
})

test('as a file in UTF-16 too, one element a line', () => {
  fc.assert(
    fc.property(definition, (one) => {
      const bytes = new Uint8Array(Buffer.from(`\ufeff${printDefinition(one)}`, 'utf16le'))
      expect(readDefinitionBytes(bytes).definition).toEqual(one)
    }),
    { numRuns: 100 },
  )
})

test('indenting changes nothing where no text holds markup', () => {
  fc.assert(
    fc.property(definition, (one) => {
      expect(readDefinition(indent(printDefinition(one))).definition).toEqual(one)
    }),
    { numRuns: 100 },
  )
})
