import { expect, test } from 'vitest'
import type { Judgement } from './match.ts'
import { matrixJunit, matrixOf, matrixText, type SetUpResult } from './matrix.ts'

const judgement = (attackName: string, found: boolean, processes: number, named: number): Judgement =>
  ({
    chain: {
      isAttack: true,
      attackName,
      task: '\\x',
      processes: Array.from({ length: processes }, () => ({ image: 'a', pid: 1 })),
    },
    told: found ? {} : null,
    processes: { named, counted: 0, missing: processes - named },
  }) as unknown as Judgement
const setUp = (name: string, ...chains: Judgement[]): SetUpResult => ({ name, score: { chains } as never })

const setUps = [
  setUp('all logs', judgement('a/1', true, 2, 2), judgement('b/1', true, 0, 0)),
  setUp('Security', judgement('a/1', true, 2, 0), judgement('b/1', false, 0, 0)),
]

test('an attack is caught with its run, without it, or not; one that never ran needs none', () => {
  expect(matrixOf(setUps)).toEqual([
    { attack: 'a/1', caught: ['run', 'change'] },
    { attack: 'b/1', caught: ['run', 'none'] },
  ])
})

test('figures of the lab are called so, and what a set-up does not show is a failure', () => {
  expect(matrixText(setUps)).toMatch(/^lab figures/)
  expect(matrixJunit(setUps)).toMatch(/<testsuite name="lab: Security" tests="2" failures="1"/)
})
