import { expect, test } from 'vitest'
import { placesOf } from './places.ts'

const named = (...inputs: string[]) => {
  const { root, nameOf } = placesOf(inputs)
  return [root, ...inputs.map((_, i) => nameOf(i))]
}

test('inputs are called by what tells them apart', () => {
  expect(named('/case/a/Security.evtx', '/case/b/Security.evtx')).toEqual([
    '/case/',
    'a/Security.evtx',
    'b/Security.evtx',
  ])
  expect(named('/case/Security.evtx')).toEqual(['/case/', 'Security.evtx'])
  expect(named('C:\\case\\a.evtx', 'C:\\case\\ab.evtx')).toEqual(['C:\\case\\', 'a.evtx', 'ab.evtx'])
  expect(named('/t.zip!a/b', '/t.zip!c/d')).toEqual(['/t.zip!', 'a/b', 'c/d'])
  expect(named('a.evtx', 'b.evtx')).toEqual(['', 'a.evtx', 'b.evtx'])
})

test('an input that is not in the list has its number', () => {
  expect(placesOf([]).nameOf(3)).toBe('input 3')
})
