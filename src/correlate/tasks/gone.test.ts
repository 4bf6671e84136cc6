import { expect, test } from 'vitest'
import { changedByAnn, definitionOf, factMaker } from '../../lab/made-facts.ts'
import type { Fact, TaskDeleted } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'
import { limits } from '../settings.ts'
import { compareChains } from '../story/identity.ts'

const { head, launched, registered, ended } = factMaker()
const deleted = (ms: number): TaskDeleted => ({
  ...head(ms, 'Security', 4699),
  ...changedByAnn,
  kind: 'task-deleted',
  by: '4699',
  task: '\\T',
})

/** The task is made, runs and is deleted; then, of the same path, something runs. */
const facts = (gap: number): Fact[] => [
  registered(0, '\\T', { definition: definitionOf('C:\\a.exe') }),
  launched(1000, '\\T', 80, 'C:\\a.exe'),
  ended(1500, 80),
  deleted(2000),
  launched(2000 + gap, '\\T', 81, 'C:\\b.exe'),
]

function told(gap: number, isReleased: boolean) {
  const machine = new HostMachine('ws1')
  const chains = facts(gap).flatMap((fact) => {
    const { chains } = isReleased ? machine.release(fact.time) : { chains: [] }
    machine.add(fact)
    return chains
  })
  return [...chains, ...machine.chains()]
    .sort(compareChains)
    .map(({ change, runs }) => `${change?.kind ?? 'runs'}: ${runs.map((run) => run.processes[0]?.pid).join(' ')}`)
}

test.each([false, true])(
  'what runs long after a deletion is another task of that path (released: %s)',
  (isReleased) => {
    const day = 86_400_000
    expect(limits.longestRun).toBeLessThan(4 * day)
    expect(told(4 * day, isReleased)).toEqual(['created: 80', 'deleted: ', 'runs: 81'])
    expect(told(60_000, isReleased)).toEqual(['created: 80 81', 'deleted: '])
  },
)

test('the inventory knows both as one', () => {
  const machine = new HostMachine('ws1')
  for (const fact of facts(400_000_000)) machine.add(fact)
  expect(machine.tasks().map(({ path, isDeleted }) => ({ path, isDeleted }))).toEqual([
    { path: '\\T', isDeleted: false },
  ])
})
