import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readInventory } from '../../src/cli/works/kept-inventory.ts'
import { inventorySchema } from '../../src/report/index.ts'
import { definition as anyDefinition } from '../properties/any-definition.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-kept-'))
afterAll(() => rmSync(root, { recursive: true }))

function readBack(text: string) {
  const file = join(root, 'inventory.json')
  writeFileSync(file, text)
  return readInventory(file)
}

const entry = { schema: inventorySchema, host: 'a', path: '\\x', definitionHash: null, actions: [], isDeleted: false }

test('any definition that an inventory tells is read back as it was', () => {
  fc.assert(
    fc.property(anyDefinition, (definition) => {
      const kept = { ...entry, definition, actions: definition.actions }
      expect(readBack(JSON.stringify(kept))).toEqual([JSON.parse(JSON.stringify(kept))])
    }),
  )
})

test.each([
  ['line 1: ', '{"schema":"tasktrail.inventory/9"}', 'schema: expected'],
  [
    'line 3: ',
    `${JSON.stringify({ ...entry, definition: null })}\n\n${JSON.stringify({ ...entry, host: 5 })}`,
    'host: ',
  ],
  ['entry 1: ', JSON.stringify([{ ...entry, definition: { triggers: [] } }]), 'definition.version: '],
  ['entry 1: ', JSON.stringify([{ ...entry, definition: null, actions: [null] }]), 'actions[0]: expected object'],
])('what is no inventory is refused at %s', (where, text, says) => {
  expect(() => readBack(text)).toThrow(where)
  expect(() => readBack(text)).toThrow(says)
})

test('an empty file is no inventory, an empty list is', () => {
  for (const text of ['', '\n', '\ufeff']) expect(() => readBack(text)).toThrow('is empty, which no inventory is')
  expect(readBack('[]')).toEqual([])
})
