import { expect, test } from 'vitest'
import { madeChain, madeClearedLog, madeProcess, madeRun } from '../lab/made-chains.ts'
import type { Explanation } from '../model/explanation.ts'
import { explainJson, explainText } from './explain.ts'
import { plainLayout } from './paragraph.ts'

const made = (text: string): Explanation => {
  const factor = { id: 'hidden', bits: 1.1, says: text }
  return {
    scored: {
      chain: madeChain({
        id: 'abc',
        taskPath: text,
        change: { confidence: 'strong', because: text, actor: { user: text } },
        runs: [
          madeRun({
            processes: [
              madeProcess({ image: text, tiedBy: 'command-line' }),
              madeProcess({ image: text, pid: 7, parentPid: 600, depth: 1, tiedBy: 'parent', source: text }),
            ],
          }),
        ],
        evidence: [],
      }),
      verdict: 'ordinary',
      score: { bits: 4.1, severity: 'low', factors: [factor, { id: 'short-lived', bits: 3, says: text }] },
      baseline: null,
      settings: null,
    },
    bases: [
      {
        kind: 'definitions',
        ordinary: [3, 192],
        attacks: [4, 104],
        schtasks: { ordinary: [0, 80], attacks: [0, 84] },
        interval: [-0.7, 3.2],
      },
      { kind: 'by-hand' },
    ],
    turns: {
      next: { severity: 'medium', bits: 3.9 },
      without: [{ factor, severity: 'informational', verdict: 'ordinary' }],
      toNone: [factor],
    },
    open: ['whether it ran'],
    wanted: [{ log: 'scheduler-log', says: ['each run'] }],
  }
}
const textOf = (text: string) => [...explainText(made(text), [], plainLayout)].join('')

test('each reason has its counts, each link its reason, and what is missing its log', () => {
  const text = textOf('a').replace(/\s+/g, ' ')
  for (const part of [
    'hidden: counted over real definitions: 3 of 192 ordinary, 4 of 104 attacks (95 %: -0.7 to 3.2 bits); of schtasks commands alone 0 of 80 and 0 of 84',
    'short-lived: set by hand',
    'created: attribution strong: a',
    "a (600): known by the action's command line (command-line; seen by 4688)",
    'a (7): child of process 600 (parent; seen by a)',
    'medium with 3.9 bits more',
    'without hidden (1.1), the rest as it is: informational',
    'no finding without this reason: hidden',
    'before all others (it alone answers all) TaskScheduler/Operational: each run',
  ])
    expect(text).toContain(part)
})

test('of a cleared log it says where what it held may be', () => {
  const { scored, ...more } = made('a')
  const cleared = { ...more, scored: { ...scored, chain: madeClearedLog({ host: 'a' }) } }
  const text = [...explainText(cleared, [], plainLayout)].join('').replace(/\s+/g, ' ')
  expect(text).toContain('a copy that was sent elsewhere before')
  expect(text).not.toContain('bits; it ran')
})

test('no text of the input steers the terminal', () => {
  const text = textOf('x\u001b[2J\u202e\r\n CRITICAL')
  expect(text).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u)
  expect(text).not.toMatch(/^ CRITICAL/m)
})

test('as JSON it is the finding with what is said of it', () => {
  const [line = ''] = explainJson(made('a'), [])
  expect(JSON.parse(line)).toMatchObject({
    schema: 'tasktrail.explanation/1',
    finding: { schema: 'tasktrail.finding/1', id: 'abc' },
    factors: [{ id: 'hidden', basis: { attacks: [4, 104] } }, { basis: { kind: 'by-hand' } }],
    turns: { without: [{ factor: 'hidden' }], toNone: ['hidden'] },
    wanted: [{ log: 'scheduler-log' }],
  })
})
