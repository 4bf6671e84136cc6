import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalDefinition, canonicalised, looseDefinition, loosened } from '../../src/model/canonical/index.ts'
import type { TaskDefinition } from '../../src/model/definition.ts'
import { definition } from './any-definition.ts'

const forms = [
  { name: 'the canonical form', print: canonicalDefinition, terms: canonicalised },
  { name: 'the loose form', print: looseDefinition, terms: loosened },
]

/** The same definition with every list in another order and other ids. */
function reordered(one: TaskDefinition): TaskDefinition {
  const back = <T>(list: readonly T[]) => [...list].reverse()
  return {
    ...one,
    version: null,
    triggers: back(one.triggers).map((trigger) => ({ ...trigger, id: 'other' })),
    principals: back(one.principals).map((principal) => ({
      ...principal,
      id: 'other',
      requiredPrivileges: back(principal.requiredPrivileges),
    })),
    actions: back(one.actions).map((action) => ({ ...action, id: 'other' })),
  }
}

describe.each(forms)('$name', ({ print, terms }) => {
  test('is of its own terms the same', () => {
    fc.assert(
      fc.property(definition, (one) => {
        const once = terms(one)
        expect(terms(once)).toEqual(once)
        expect(print(once)).toBe(print(one))
      }),
      { numRuns: 2000 },
    )
  })

  test('does not depend on order and ids', () => {
    fc.assert(
      fc.property(definition, (one) => {
        expect(print(reordered(one))).toBe(print(one))
      }),
      { numRuns: 1000 },
    )
  })

  test('does not change what it is given', () => {
    fc.assert(
      fc.property(definition, (one) => {
        const before = JSON.stringify(one)
        print(one)
        expect(JSON.stringify(one)).toBe(before)
      }),
      { numRuns: 100 },
    )
  })
})

test('definitions of one canonical form have one loose form', () => {
  fc.assert(
    fc.property(definition, (one) => {
      expect(looseDefinition({ ...canonicalised(one), registrationInfo: one.registrationInfo })).toBe(
        looseDefinition(one),
      )
    }),
    { numRuns: 500 },
  )
})
