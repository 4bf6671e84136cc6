import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ScriptRan } from '../model/fact.ts'
import { readScript, ScriptParts } from './script-parts.ts'

const script = "$null = 1; Register-ScheduledTask -TaskName 'Updater' -Action $a"

function part(id: string, number: number, parts: number, text: string): ScriptRan {
  return {
    kind: 'script-ran',
    by: '4104',
    host: 'ws5',
    time: 1_700_000_000_000 + number,
    ticks: 0,
    source: 0,
    channel: 'Microsoft-Windows-PowerShell/Operational',
    eventId: 4104,
    recordId: 100 + number,
    position: number,
    pid: 4000,
    userSid: null,
    scriptBlockId: id,
    part: number,
    parts,
    text,
    file: null,
    command: null,
    moreCommands: null,
    made: null,
  }
}

/** A script cut at these places. */
const cut = (id: string, text: string, places: readonly number[]): ScriptRan[] => {
  const ends = [...new Set(places)].sort((a, b) => a - b)
  const texts = [0, ...ends].map((from, i) => text.slice(from, ends[i] ?? text.length))
  return texts.map((one, i) => part(id, i + 1, texts.length, one))
}

test('a script that is cut anywhere and comes in any order is whole again, with the record of its last part', () => {
  const places = fc.uniqueArray(fc.integer({ min: 1, max: script.length - 1 }), { minLength: 1, maxLength: 6 })
  const shuffled = places.chain((at) => {
    const all = [...cut('{a}', script, at), ...cut('{b}', script, at)]
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
  })
  fc.assert(
    fc.property(shuffled, (parts) => {
      const joiner = new ScriptParts(() => expect.unreachable())
      const wholes = parts.flatMap((one) => joiner.add(one) ?? [])
      expect(wholes.map((one) => one.text)).toEqual([script, script])
      expect(wholes.map((one) => [one.part, one.recordId])).toEqual(wholes.map((one) => [0, 100 + one.parts]))
      expect(wholes.map(readScript)).toMatchObject([
        { command: { verb: 'create', task: '\\Updater' } },
        { command: { verb: 'create', task: '\\Updater' } },
      ])
    }),
  )
})

test('a part that comes twice counts once', () => {
  const joiner = new ScriptParts(() => expect.unreachable())
  const [first, second] = cut('{a}', script, [20]) as [ScriptRan, ScriptRan]
  expect(joiner.add(first)).toBeNull()
  expect(joiner.add(first)).toBeNull()
  expect(joiner.add(second)?.text).toBe(script)
})

test('what never becomes whole is let go at the end, and the oldest when there is no more room', () => {
  const gone: string[] = []
  const joiner = new ScriptParts(({ scriptBlockId, part: number }) => gone.push(`${scriptBlockId} ${number}`), 2_000)
  joiner.add(part('{a}', 1, 3, 'x'.repeat(600)))
  joiner.add(part('{b}', 2, 2, 'x'.repeat(600)))
  expect(gone).toEqual([])
  joiner.add(part('{c}', 1, 2, 'x'.repeat(600)))
  expect(gone).toEqual(['{a} 1'])
  joiner.end()
  expect(gone).toEqual(['{a} 1', '{b} 2', '{c} 1'])
})

test('parts without an id, or of more parts than a script can have, are not joined', () => {
  const gone: number[] = []
  const joiner = new ScriptParts(({ part: number }) => gone.push(number))
  expect(joiner.add({ ...part('{a}', 1, 2, 'x'), scriptBlockId: null })).toBeNull()
  expect(joiner.add(part('{a}', 2, 2 ** 31, 'x'))).toBeNull()
  expect(joiner.add(part('{a}', 3, 2, 'x'))).toBeNull()
  expect(gone).toEqual([1, 2, 3])
})
