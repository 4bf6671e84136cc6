import { expect, test } from 'vitest'
import { itemAround } from './item-around.ts'

/** What stands around the place of a mark in a text of this kind. */
function around(kind: string, marked: string): string {
  const bytes = Buffer.from(marked.replace('§', ''))
  const [from, to] = (itemAround[kind] ?? itemAround.json)(
    bytes,
    Buffer.from(marked.slice(0, marked.indexOf('§'))).length,
  )
  return bytes.toString('utf8', from, to)
}

test('an event of JSON ends with its own brace, whatever stands in its texts', () => {
  expect(around('json', '[{"a":1},§{"b":"}\\"{","c":{"d":2}},{"e":3}]')).toBe('{"b":"}\\"{","c":{"d":2}}')
})
test('several events of one value are kept as the line that holds them', () => {
  expect(around('json-lines', '{"x":0}\n[{"a":1}§,{"b":2}]\n{"y":0}')).toBe('[{"a":1},{"b":2}]')
})
test('an event that is cut is kept as far as its line goes', () => {
  expect(around('json-lines', '{"x":0}\n§{"a":{"b":1\n{"y":0}')).toBe('{"a":{"b":1')
})
test('an event of XML ends with its element, also below a prefix', () => {
  expect(around('event-xml', '<Events>§<Event xmlns="x"><a/></Event><Event/></Events>')).toBe(
    '<Event xmlns="x"><a/></Event>',
  )
  expect(around('event-xml', '<l>§<e:Event><a/></e:Event></l>')).toBe('<e:Event><a/></e:Event>')
})
test('a row ends where its line does outside quotes', () => {
  expect(around('csv', 'a,b\n§1,"two\nlines ""x"""\n3,4')).toBe('1,"two\nlines ""x"""')
})
