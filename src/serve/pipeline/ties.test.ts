import { expect, test } from 'vitest'
import { Ties } from './ties.ts'

const all = () => true

test('shards are weighed with those that they command, those that command them, and so on', () => {
  const ties = new Ties(
    new Map([
      ['admin', ['srv1', 'srv2']],
      ['other', ['srv2']],
    ]),
  )
  const whole = { group: ['admin', 'other', 'srv1', 'srv2'], isWhole: true }
  for (const shard of whole.group) expect(ties.groupOf(shard, all)).toEqual(whole)
  expect(ties.groupOf('alone', all)).toEqual({ group: ['alone'], isWhole: true })
  // of a host that sends nothing there is nothing to weigh
  expect(ties.groupOf('admin', (shard) => shard !== 'srv2').group).toEqual(['admin', 'srv1'])
})

test('what a shard names takes the place of what it named, and is written once', () => {
  const ties = new Ties()
  expect([ties.put('a', ['b', 'c']), ties.put('a', ['b', 'c']), ties.put('a', ['c'])]).toEqual([[], [], ['b']])
  expect([ties.groupOf('b', all).group, ties.groupOf('c', all).group]).toEqual([['b'], ['a', 'c']])
  expect([...ties.changed()]).toEqual([['a', ['c']]])
  ties.written()
  expect(ties.put('a', [])).toEqual(['c'])
  expect([...ties.changed()]).toEqual([['a', []]])
  expect(ties.groupOf('c', all).group).toEqual(['c'])
})

test('one that commands thousands is weighed with the nearest, and that is said', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => `ws${String(i).padStart(4, '0')}`)
  const ties = new Ties(new Map([['admin', many]]))
  const { group, isWhole } = ties.groupOf('ws1999', all)
  expect([group.length, isWhole]).toEqual([16, false])
  expect(group).toEqual(expect.arrayContaining(['admin', 'ws1999', 'ws0000']))
})
