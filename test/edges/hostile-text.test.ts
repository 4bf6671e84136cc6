import { describe, expect, test } from 'vitest'
import { parseEvent } from '../../src/decode/event-xml/index.ts'
import { readDefinition } from '../../src/decode/task-xml/index.ts'
import { RowFields } from '../../src/sources/csv/row-fields.ts'
import { RowSplitter } from '../../src/sources/csv/row-splitter.ts'
import { EventXmlSplitter } from '../../src/sources/event-xml/event-xml-splitter.ts'
import type { Splitter } from '../../src/sources/events/splitter.ts'
import { DocumentSplitter } from '../../src/sources/json/document-splitter.ts'
import { textOf } from '../../src/sources/json/json-object.ts'
import { isTooDeep } from '../../src/sources/json/nesting.ts'

// Text that is made to cost more than its length. None of these would end if the work grew with the square of it.

const million = 1_000_000

describe('XML that nests without an end', () => {
  test('is an unreadable event, told from its beginning', () => {
    expect(parseEvent(`<Event>${'<a>'.repeat(million)}`)).toEqual({
      reason: 'its elements are nested more than 64 deep',
    })
    expect(parseEvent(`<Event>${'<a>'.repeat(million)}${'</a>'.repeat(million)}</Event>`)).toHaveProperty('reason')
  })

  test('is not read behind the end of a task', () => {
    const task = '<Task><Actions><Exec><Command>a.exe</Command></Exec></Actions></Task>'
    const { definition, problem } = readDefinition(`${task}${'<a>'.repeat(300_000)}`)
    expect(definition?.actions).toMatchObject([{ command: 'a.exe' }])
    expect(problem).toContain('behind the end of the root element')
  })
})

/** What a splitter makes of a text that comes in blocks. */
function split(open: (taker: never) => Splitter, text: string) {
  const found: string[] = []
  const lost = new Map<string, number>()
  let now = ''
  const event = (from: number, to: number) => found.push(now.slice(from, to))
  const taker = {
    begin: (batch: { text: string }) => {
      now = batch.text
    },
    event,
    row: event,
    lost: (code: string) => lost.set(code, (lost.get(code) ?? 0) + 1),
  }
  const splitter = open(taker as never)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 512 << 10) splitter.push(bytes.subarray(at, at + (512 << 10)))
  splitter.end()
  return { found, lost }
}

const json = (text: string) => split((taker) => new DocumentSplitter(taker), text)
const xml = (text: string) => split((taker) => new EventXmlSplitter(taker), text)
const csv = (text: string) =>
  split((taker) => {
    const fields = new RowFields(0x2c)
    return new RowSplitter(taker, fields, 0)
  }, text)

describe('events that have no end', () => {
  test('in JSON: every one is looked at, and what was passed over is told', () => {
    const { lost } = json(`[${'{"a":1,\n'.repeat(300_000)}`)
    expect(lost.get('bad-json')).toBeGreaterThan(10)
    expect(lost.get('passed-over')).toBeGreaterThan(0)
  })

  test('in XML: each is broken by the next, and the last is read', () => {
    const { found, lost } = xml(`${'<Event><!---->'.repeat(50_000)}<Event>whole</Event>`)
    expect(found).toEqual(['<Event>whole</Event>'])
    expect(lost).toEqual(new Map([['bad-xml', 50_000]]))
  })

  test('in XML: comments that are never closed are passed over, told', () => {
    const { lost } = xml(`${'<Event><!--<Event>-->'.repeat(100_000)}<!--</Event>`)
    expect(lost.get('bad-xml')).toBe(99_999)
    const open = xml(`<Event>${'<!--<Event>-->'.repeat(100_000)}<!--</Event>`)
    expect(open.lost.get('passed-over')).toBeGreaterThan(0)
  })

  test('in CSV: quotes that are never closed are passed over, told', () => {
    const { lost } = csv('"a\n'.repeat(2) + 'a,"b\n'.repeat(400_001))
    expect(lost.size).toBeGreaterThan(0)
  })
})

test('ten thousand broken events do not cost the whole ones behind them', () => {
  const broken = 20_000
  const { found, lost } = json(`[${'{"a":"\n"},\n'.repeat(broken)}{"b":1}]`)
  expect(found.at(-1)).toBe('{"b":1}')
  expect(lost.get('bad-json')).toBe(broken)
  expect(xml(`${'<Event>'.repeat(broken)}<Event>b</Event>`).found).toEqual(['<Event>b</Event>'])
})

test('a list of events in one line costs no more than one in many', () => {
  const events = 200_000
  const { found } = json(
    `[${Array.from({ length: events }, (_, i) => `{"EventID":4688,"Data":{"a":"${i}"}}`).join(',')}]`,
  )
  expect(found).toHaveLength(events)
})

test('JSON that nests deeper than anything real is not gone down into', () => {
  expect(isTooDeep('['.repeat(million))).toBe(true)
  expect(isTooDeep(`{"a":"${'['.repeat(million)}"}`)).toBe(false)
  expect(isTooDeep(`[${'{},'.repeat(million)}{}]`)).toBe(false)
  let value: unknown = 'x'
  for (let i = 0; i < million; i++) value = [value]
  expect(textOf(value)).toBe('x')
})
