import { describe, expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { Settings } from '../../model/settings.ts'
import { scoreChain } from '../index.ts'
import { unknown } from '../known.ts'
import { factorsOfSettings } from './index.ts'

type Part = Parameters<typeof madeChain>[0]
const nothing: Settings = { id: 'x', taskAuthor: null, commandLineRegex: [], executionWindow: null }

function scored(part: Part, settings: Partial<Settings>, patternsIn: (line: string) => number[] = () => []) {
  return scoreChain(madeChain(part), unknown, true, { settings: { ...nothing, ...settings }, patternsIn })
}
const ids = new Set(factorsOfSettings.map(({ id }) => id))
const weighed = (...said: Parameters<typeof scored>) => scored(...said).score.factors.filter(({ id }) => ids.has(id))

const shell = { image: 'C:\\Windows\\System32\\cmd.exe' }
const byAnn = { actor: { user: 'CORP\\ann', sid: 'S-1-5-21-1-2-3-1001', process: shell } }

describe('TaskAuthor', () => {
  const taskAuthor = { creators: ['CORP\\adm-*', 'svc-deploy'], authors: null, bits: 2 }

  test('who is not expected to make tasks weighs', () => {
    expect(weighed({ change: byAnn }, { taskAuthor })).toEqual([
      { id: 'task-author', bits: 2, says: 'CORP\\ann is not expected to make tasks: TaskAuthor.' },
    ])
  })

  test.each(['CORP\\adm-berg', 'corp\\SVC-Deploy', 'NT AUTHORITY\\SYSTEM'])(
    '%s says nothing, and excuses nothing',
    (user) => {
      const change = { actor: { user, process: shell } }
      expect(weighed({ change }, { taskAuthor })).toEqual([])
      const without = scoreChain(madeChain({ change }), unknown, true)
      expect(scored({ change }, { taskAuthor }).score).toEqual(without.score)
    },
  )

  test('an author that is not expected weighs half, and an expected one excuses no creator', () => {
    const named = (author: string) => ({ change: byAnn, definition: { registrationInfo: { author } } })
    const authors = { creators: null, authors: ['Contoso'], bits: 2 }
    expect(weighed(named('Evil'), { taskAuthor: authors })).toMatchObject([{ bits: 1 }])
    expect(weighed(named('Contoso'), { taskAuthor: authors })).toEqual([])
    expect(weighed(named('Contoso'), { taskAuthor: { ...authors, creators: ['x'] } })).toMatchObject([{ bits: 2 }])
  })
})

test('CommandLineRegex: the heaviest pattern that the action or what ran matches weighs', () => {
  const commandLineRegex = [
    { pattern: 'a', says: null, bits: 1 },
    { pattern: 'b+', says: 'calls b', bits: 4 },
  ]
  const find = (line: string) => (line.includes('b.exe') ? [0, 1] : [])
  const ran = { runs: [{ processes: [{ image: 'C:\\x\\b.exe' }] }] }
  expect(weighed(ran, { commandLineRegex }, find)).toEqual([
    { id: 'command-line-regex', bits: 4, says: '“C:\\x\\b.exe” matches calls b (b+): CommandLineRegex.' },
  ])
  expect(weighed({ statedAction: 'C:\\x\\c.exe', change: byAnn }, { commandLineRegex }, find)).toEqual([])
})

describe('ExecutionWindow', () => {
  const time = Date.UTC(2026, 2, 10, 22)
  const hours = { from: 420, to: 1140, weekdays: [1, 2, 3, 4, 5], offset: 0 }
  const window = { days: null, hours, bits: 2 }

  test('a person’s change at another hour weighs, and software’s does not', () => {
    expect(weighed({ change: { ...byAnn, time } }, { executionWindow: window })).toEqual([
      {
        id: 'execution-window',
        bits: 2,
        says: 'CORP\\ann changed it at 2026-03-10T22:00:00.000Z, when nobody is expected to: ExecutionWindow.',
      },
    ])
    const bySystem = { actor: { user: 'NT AUTHORITY\\SYSTEM' }, time }
    expect(weighed({ change: bySystem }, { executionWindow: window })).toEqual([])
  })

  test('hours are those of the hosts’ clocks, and may go over midnight', () => {
    const at = (more: Partial<typeof hours>) =>
      weighed({ change: { ...byAnn, time } }, { executionWindow: { ...window, hours: { ...hours, ...more } } }).length
    expect(at({ offset: -300 })).toBe(0)
    expect(at({ from: 1260, to: 360 })).toBe(0)
    expect(at({ from: 1260, to: 360, weekdays: [0] })).toBe(1)
  })

  test('a run later than its days is shown, and does not weigh', () => {
    const change = { ...byAnn, time: Date.UTC(2026, 0, 1) }
    const runs = [{ time: Date.UTC(2026, 2, 1), processes: [{ image: 'C:\\Windows\\System32\\whoami.exe' }] }]
    const late = scored({ change, runs }, { executionWindow: { days: 30, hours: null, bits: 2 } })
    expect(late.verdict).toBe('not-run')
    expect(late.chain.runs).toHaveLength(1)
    expect(late.score.factors).toContainEqual({
      id: 'execution-window',
      bits: 0,
      says: '1 run later than 30 days after the change does not count: ExecutionWindow.',
    })
    const soon = scored({ change, runs }, { executionWindow: { days: 90, hours: null, bits: 2 } })
    expect(soon.score.bits).toBeGreaterThan(late.score.bits)
  })
})
