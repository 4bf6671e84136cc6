import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { runAtOnce } from './run-at-once.ts'

/** A task made at second 1000 and run at these seconds. */
function weigh(...runs: { at: number; by: string | null | undefined }[]) {
  const chain = madeChain({
    host: 'ws5',
    change: { kind: 'created', time: 1_000_000 },
    runs: runs.map(({ at, by }) => ({
      time: at * 1000,
      requestedBy: by === undefined ? null : { user: by },
      processes: [],
    })),
  })
  return runAtOnce.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('who makes a task and runs it by hand at once did not want a schedule', () => {
  expect(weigh({ at: 1005, by: 'CORP\\bob' })).toEqual({
    bits: 2,
    says: 'CORP\\bob asked for a run by hand within a minute of the change.',
  })
  expect(weigh({ at: 1005, by: null })?.says).toContain('Somebody asked')
})

test('a test run an hour later, or a run on schedule, says nothing', () => {
  expect(weigh({ at: 4600, by: 'CORP\\bob' })).toBeUndefined()
  expect(weigh({ at: 1005, by: undefined })).toBeUndefined()
  expect(weigh()).toBeUndefined()
})

test('a run long before the change, after the clock was set back, says nothing', () => {
  expect(weigh({ at: 10, by: 'CORP\\bob' })).toBeUndefined()
})
