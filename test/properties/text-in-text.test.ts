import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { carrierWriters } from '../../src/lab/carriers/index.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import type { Problem } from '../../src/model/problem.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { openReader, stepsOf } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-text-in-text-'))
afterAll(() => rmSync(folder, { recursive: true }))
const tools = { readDefinition: (xml: string) => ({ definition: null, problem: xml }) as never }

/** What the input says, and where it was not read whole. Places and times (clocks are learnt from the whole input) are left out. */
async function meaning(content: string | Buffer) {
  const path = join(folder, 'input')
  writeFileSync(path, content)
  const { inputs } = await findInputs([path])
  const facts: string[] = []
  const problems: Problem[] = []
  for (const input of inputs) {
    const unit = { ...input, packed: input.packed ?? undefined, source: 0, from: 0, to: stepsOf(input) }
    await openReader(interests).read(
      { source: 0, path, name: 'input', kind: unit.kind, from: 0, to: unit.to, bytes: unit.bytes },
      (record) => {
        const fact = normalize(record, tools)
        if (fact !== null) facts.push(JSON.stringify({ ...fact, position: 0, time: 0, ticks: 0 }))
      },
      (problem) => problems.push(problem),
      () => {},
    )
  }
  return { facts, problems, kinds: inputs.map(({ kind }) => kind) }
}

const events = demoIncident().files.flatMap((file) => file.events)
const xml = (event: (typeof events)[number]) => eventXmlWriter.line(event).replaceAll('\n', '&#10;')
const inDouble = (text: string) => text.replace(/='([^'"<>]*)'/g, '="$1"')
const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** As Go writes JSON. */
const inGo = (json: string) => json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)

/** How an event is written first. Carriers whose clock is local are told by others. */
const forms: readonly ((event: (typeof events)[number]) => string)[] = [
  xml,
  (event) => inDouble(xml(event)),
  (event) => `<?xml version="1.0" encoding="utf-8"?> ${xml(event)}`,
  ...carrierWriters
    .filter(({ hours }) => hours === undefined)
    .map((writer) => (event: (typeof events)[number]) => writer.line(event)),
]

/** What may stand around a text; each hands on a text. */
const carriersOfText: Readonly<Record<string, (text: string) => string>> = {
  'a member': (text) => JSON.stringify({ '@timestamp': '2026-01-01T00:00:00Z', tags: ['x'], message: text, n: 1 }),
  'a member, as Go writes it': (text) => inGo(JSON.stringify({ agent: { name: 'ws5' }, event: { original: text } })),
  'a member with the id of something else': (text) => JSON.stringify({ event_id: '1', code: 17, xml_string: text }),
  'Splunk HEC': (text) => JSON.stringify({ time: 1, host: 'c', sourcetype: 'x', event: text }),
  _raw: (text) => JSON.stringify({ preview: false, result: { _time: '2026-01-01T00:00:00+00:00', _raw: text } }),
  'an answer of Splunk': (text) =>
    JSON.stringify({ init_offset: 0, fields: [{ name: '_raw' }], results: [{ _raw: text }] }),
  OTLP: (text) =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: text } }] }] }] }),
  'a text of JSON': (text) => JSON.stringify(JSON.stringify({ payload: text })),
  'a list': (text) => JSON.stringify([{ log: text }]),
  'references of XML': escapeXml,
}

test('an event reads the same in any nesting of carriers, in lines, lists and tables', async () => {
  const names = Object.keys(carriersOfText)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(events.length - 1), { minLength: 1, maxLength: 6 }),
      fc.nat(forms.length - 1),
      fc.array(fc.constantFrom(...names), { maxLength: 3 }),
      fc.constantFrom('lines', 'prefixed', 'document', 'csv', 'csv;', 'utf-16', 'bare'),
      async (picks, form, nesting, outer) => {
        const bare = picks.map((index) =>
          (forms[form] as (typeof forms)[number])(events[index] as (typeof events)[number]),
        )
        const written = bare.map((text) =>
          nesting.reduce((inside, name) => (carriersOfText[name] as (text: string) => string)(inside), text),
        )
        // nobody writes lines of JSON with references to a file
        fc.pre(outer !== 'bare' || !written.some((text) => /^[{[]{0,2}&(?:amp;)*quot/.test(text)))
        const plain = await meaning(bare.map((text) => `${text}\n`).join(''))
        const found = await meaning(outermost(written, outer))
        const context = `${form} in ${nesting.join(' in ')} in ${outer}: ${found.kinds}`
        expect(found.facts, context).toEqual(plain.facts)
        expect(found.problems, context).toEqual(plain.problems)
      },
    ),
    { numRuns: Number(process.env.NESTING_RUNS ?? 80) },
  )
})

function outermost(texts: readonly string[], outer: string): string | Buffer {
  const member = (text: string) => JSON.stringify({ msg: text })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  switch (outer) {
    case 'bare':
      return texts.map((text) => `${text}\n`).join('')
    case 'prefixed':
      return texts.map((text) => `<13>Aug 28 05:47:12 relay agent[12]: ${member(text)}\n`).join('')
    case 'document':
      return JSON.stringify({ took: 1, rows: texts.map((text) => ({ msg: text })) }, null, 2)
    case 'csv':
      return `"_time","_raw","host"\r\n${texts.map((text) => `"2026-01-01",${quoted(text)},"c"\r\n`).join('')}`
    case 'csv;':
      return `nr;text\n${texts.map((text, index) => `${index};${quoted(text)}\n`).join('')}`
    case 'utf-16':
      return Buffer.from(`\ufeff${texts.map((text) => `${member(text)}\n`).join('')}`, 'utf16le')
    default:
      return texts.map((text) => `${member(text)}\n`).join('')
  }
}
