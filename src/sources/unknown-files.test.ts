import { expect, test } from 'vitest'
import { manifest } from '../lab/truth.ts'
import { UnknownFiles } from './unknown-files.ts'

const notesOn = (text: string | Buffer) => {
  const unknown = new UnknownFiles()
  unknown.add('in/file.json', Buffer.from(text))
  return unknown.notes.map((note) => note.text)
}

test('a file that looks like events is noted, in UTF-8 or UTF-16; another is not', () => {
  const event = '{"Event_ID": 4698, "what": "ever"}'
  expect(notesOn(event)).toEqual(['it looks like events, but is of no kind that is known and was left alone'])
  expect(notesOn(Buffer.from(event, 'utf16le'))).toEqual(notesOn(event))
  expect(notesOn('{"photo": 1}')).toEqual([])
})

test('the truth beside the logs of the lab is known for what it is', () => {
  const truth = JSON.stringify(manifest('lab-demo', []), null, 1)
  expect(notesOn(truth)).toEqual(['it says what is true of telemetry that the lab made: no evidence, and left alone'])
})
