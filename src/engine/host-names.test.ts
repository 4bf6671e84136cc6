import { expect, test } from 'vitest'
import { hostsByName } from './host-names.ts'

test('a short name joins the only full name with that label', () => {
  expect(Object.fromEntries(hostsByName(['ws1', 'ws1.example.test', 'ws1.example.test']))).toEqual({
    ws1: 'ws1.example.test',
    'ws1.example.test': 'ws1.example.test',
  })
})

test('with two full names a short name stays a host of its own', () => {
  expect(hostsByName(['dc', 'dc.a.test', 'dc.b.test']).get('dc')).toBe('dc')
})

test('an address is never a host name and joins nothing', () => {
  expect(hostsByName(['10.0.0.1', '10']).get('10')).toBe('10')
})
