import { expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import type { Trigger } from '../model/trigger.ts'
import { definitionLines } from './definition-lines.ts'

const told = (...triggers: Partial<Trigger>[]) =>
  definitionLines(madeChain({ definition: { triggers } as never }))
    .map(({ text }) => text)
    .at(-1)

test('a disabled trigger is told as one, and a task that has no other does not start by itself', () => {
  expect(told({ kind: 'logon', enabled: false }, { kind: 'boot' })).toBe('at logon (disabled), at boot')
  expect(told({ kind: 'logon', enabled: false })).toBe('at logon (disabled): it does not start by itself')
  expect(told({ kind: 'logon' })).toBe('at logon')
  expect(told()).toBe('without a trigger')
})
