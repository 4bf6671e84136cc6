import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { parseEvent } from '../../src/decode/event-xml/index.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import type { Problem } from '../../src/model/problem.ts'
import type { Interest, WindowsRecord } from '../../src/model/record.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { openEventXmlReader } from '../../src/sources/event-xml/event-xml-reader.ts'
import { tasktrail } from '../run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-event-xml-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lines = demoIncident()
  .files.flatMap((file) => file.events)
  .map((event) => eventXmlWriter.line(event))
const tools = { readDefinition: () => ({ definition: null, problem: null }) as never }

interface Meaning {
  readonly facts: string[]
  readonly problems: Problem[]
  readonly records: number
}

async function read(content: string | Buffer, wanted: readonly Interest[] = interests): Promise<Meaning> {
  const path = join(folder, 'input')
  writeFileSync(path, content)
  const facts: string[] = []
  const problems: Problem[] = []
  const unit = { source: 0, path, name: 'input', kind: 'event-xml', from: 0, to: 1, bytes: 0 }
  const { records } = await openEventXmlReader(wanted).read(
    unit,
    (record: WindowsRecord) => {
      const fact = normalize(record, tools)
      // places differ with the way a file is written
      if (fact !== null) facts.push(JSON.stringify({ ...fact, position: 0 }))
    },
    (problem) => problems.push(problem),
    () => {},
  )
  return { facts, problems, records }
}

const whole = await read(lines.join('\n'))
const utf16 = (text: string, order: 'le' | 'be', mark: boolean) => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}
const pretty = (event: string) => event.replaceAll('><', '>\r\n  <')

describe('the same events', () => {
  test('are as many facts as there are in the incident, without a problem', () => {
    expect(whole.records).toBe(lines.length)
    expect(whole.facts.length).toBeGreaterThan(200)
    expect(whole.problems).toEqual([])
  })

  test.each<[string, string | Buffer]>([
    ['one after the other without a line end', lines.join('')],
    [
      'in one document',
      `\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>${lines.join('')}</Events>`,
    ],
    ['over several lines each', lines.map(pretty).join('\r\n')],
    ['with double quotes', lines.map((line) => line.replace(/='([^'"<>]*)'/g, '="$1"')).join('\n')],
    [
      'with a prefix on every name',
      lines.map((line) => line.replace(/<(\/?)(?!Event[\s>])(\w)/g, '<$1ev:$2')).join('\n'),
    ],
    ['in UTF-16 LE with a mark', utf16(lines.join('\r\n'), 'le', true)],
    ['in UTF-16 BE with a mark', utf16(lines.join('\r\n'), 'be', true)],
    ['in UTF-16 LE without', utf16(lines.join('\r\n'), 'le', false)],
    ['packed', gzipSync(lines.join('\n'))],
    ['packed twice, in UTF-16', gzipSync(gzipSync(utf16(lines.join('\n'), 'le', true)))],
    ['behind a line that was cut', `${lines[0]?.slice(40)}\n${lines.join('\n')}`],
    [
      'with what a viewer renders',
      lines
        .map((line) =>
          line.replace('</Event>', '<RenderingInfo Culture="en-US"><Message>x</Message></RenderingInfo></Event>'),
        )
        .join('\n'),
    ],
  ])('%s say the same', async (_, content) => {
    const { facts, problems } = await read(content)
    expect(facts).toEqual(whole.facts)
    expect(problems).toEqual([])
  })

  test('are recognised by their content, also as one document in UTF-16', () => {
    const file = join(folder, 'export.txt')
    const events = demoIncident().files.flatMap((one) => one.events)
    for (const content of [lines.join('\n'), utf16(`<Events>${lines.join('\r\n')}</Events>`, 'le', true)]) {
      writeFileSync(file, content)
      const { stdout, code } = tasktrail('scan', '--format', 'json', file)
      expect(code).toBe(0)
      expect(JSON.parse(stdout).summary?.records ?? JSON.parse(stdout).tally?.records).toBe(events.length)
    }
  })
})

test('the sieve holds back nothing that matters, however an event is written', async () => {
  const allIds: Interest[] = Array.from({ length: 65_536 }, (_, eventId) => ({ provider: 'nobody', eventId }))
  const everything = [...interests.map(({ provider, eventId }) => ({ provider, eventId })), ...allIds]
  const manner = fc.record({
    line: fc.constantFrom(...lines),
    blanks: fc.constantFrom('', ' ', '\n', '\r\n\t'),
    quotes: fc.constantFrom("'", '"'),
    reference: fc.constantFrom('none', 'decimal', 'hexadecimal'),
    wrap: fc.constantFrom('none', 'comment', 'cdata'),
    swap: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(manner, { minLength: 1, maxLength: 20 }), async (manners) => {
      const text = manners
        .map(({ line, blanks, quotes, reference, wrap, swap }) => {
          let written = line.replace(/='([^'"<>]*)'/g, `=${quotes}$1${quotes}`)
          if (swap) written = written.replace(/<Provider (Name=\S+) (Guid=[^/>]+)\/>/, '<Provider $2 $1/>')
          written = written.replace(
            /<EventID([^>]*)>(\d+)</,
            (_, attributes, id) => `<EventID${attributes}>${blanks}${id}${blanks}<`,
          )
          if (reference !== 'none') {
            const letter = (code: number) => (reference === 'decimal' ? `&#${code};` : `&#x${code.toString(16)};`)
            written = written.replace(
              /(atsvc|taskschd|TaskCache|ScheduledTask|Tasks)/gi,
              (word) => letter(word.charCodeAt(0)) + word.slice(1),
            )
          }
          if (wrap === 'comment') written = written.replace('<System>', '<!-- <EventID>1</EventID> --><System>')
          if (wrap === 'cdata')
            written = written.replace(
              /<Data Name=(['"]\w+['"])>([^<&]*)<\/Data>/,
              '<Data Name=$1><![CDATA[$2]]></Data>',
            )
          return written
        })
        .join('\n')
      expect((await read(text)).facts).toEqual((await read(text, everything)).facts)
    }),
    { numRuns: 60 },
  )
}, 120_000)

describe('an event', () => {
  const event = (
    body: string,
    system = '<Provider Name="P"/><EventID Qualifiers="16384">104</EventID><TimeCreated SystemTime="2026-03-10T10:00:00.1234567Z"/>',
  ) => parseEvent(`<Event xmlns="x"><System>${system}</System>${body}</Event>`)

  test('has its items by name, by number where they have none, and from UserData by element', () => {
    expect(event('<EventData><Data Name="A">1 &lt; 2</Data><Data>x</Data><Data>y</Data></EventData>')).toMatchObject({
      eventId: 104,
      time: { time: Date.UTC(2026, 2, 10, 10, 0, 0, 123), ticks: 4567 },
      data: new Map([
        ['A', '1 < 2'],
        ['#0', 'x'],
        ['#1', 'y'],
      ]),
    })
    const cleared =
      '<UserData><LogFileCleared xmlns="y"><SubjectUserName>ann</SubjectUserName><Channel>Sec</Channel></LogFileCleared></UserData>'
    expect(event(cleared)).toMatchObject({
      data: new Map([
        ['SubjectUserName', 'ann'],
        ['Channel', 'Sec'],
      ]),
    })
  })

  test('with a document type, without an id, or nested too deep is a value with its reason', () => {
    expect(parseEvent('<!DOCTYPE a [<!ENTITY x "y">]><Event><System/></Event>')).toEqual({
      reason: expect.stringContaining('document type'),
    })
    expect(event('', '<Provider Name="P"/>')).toEqual({ reason: 'it has no EventID' })
    expect(event(`<EventData>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</EventData>`)).toEqual({
      reason: expect.stringContaining('nested'),
    })
  })

  test('of any bytes at all throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(400), (noise, at) => {
        const line = lines[0] ?? ''
        parseEvent(line.slice(0, at) + noise + line.slice(at + noise.length))
      }),
    )
  })
})

describe('damage', () => {
  const [first = '', second = '', third = ''] = lines.filter((line) => line.includes('<EventID>4688<'))

  test('an event that is not closed costs itself, and is named with its place', async () => {
    const { facts, problems } = await read(`${first}\n${second.slice(0, 300)}\n${third}`)
    expect(facts).toHaveLength(2)
    expect(problems).toMatchObject([{ code: 'bad-xml', offset: Buffer.byteLength(first) + 1 }])
  })

  test('a file that ends within an event says so', async () => {
    const { facts, problems } = await read(`${first}\n${second.slice(0, -20)}`)
    expect(facts).toHaveLength(1)
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })

  test('zero bytes, bytes that are no UTF-8, and an element that never ends', async () => {
    const bad = Buffer.from(first.replace('conhost', 'con\u00ffhost').replace('svchost', 'svc\u00ffhost'), 'latin1')
    const { problems } = await read(
      Buffer.concat([Buffer.alloc(10), bad, Buffer.from(`\n<Event>${'x'.repeat(9 << 20)}`), Buffer.from(second)]),
    )
    expect(problems.map(({ code }) => code)).toContain('too-long')
  })

  test('a file of nothing but the beginnings of events ends', async () => {
    for (const text of [
      '<Event ',
      '<Event><!---->',
      '<Event></EventData>',
      '<Event><![CDATA[</Event>',
      '<Event>&#65;',
    ]) {
      const { problems } = await read(text.repeat(1_000_000 / text.length))
      expect(problems.length, text).toBeLessThan(5)
    }
  })
})
