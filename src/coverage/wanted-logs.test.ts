import { expect, test } from 'vitest'
import { madeChain, madeClearedLog, madeProcess, madeRun } from '../lab/made-chains.ts'
import { type Capability, capabilities } from '../model/coverage.ts'
import { wantedLogs } from './wanted-logs.ts'

const chain = madeChain({ taskPath: '\\a', change: { confidence: 'strong', route: 'schtasks' } })
const spans = (...logs: Capability[]) =>
  Object.fromEntries(logs.map((log) => [log, { first: chain.at.time, last: chain.at.time }]))
const wanted = (...args: Parameters<typeof wantedLogs>) => wantedLogs(...args).wanted.map(({ log }) => log)

test('of several logs that are not there the one that answers most comes first', () => {
  expect(wanted(chain, {})).toEqual(['process-starts', 'task-audit', 'scheduler-log', 'command-lines'])
  expect(wanted(chain, spans('process-starts', 'command-lines'))).toEqual(['task-audit', 'scheduler-log'])
})

test('a log that is there of another time only is not there', () => {
  const later = { first: chain.at.time + 86_400_000, last: chain.at.time + 2 * 86_400_000 }
  expect(wanted(chain, { ...spans(...capabilities), 'task-audit': later })).toEqual(['task-audit'])
})

test('a change by a named client whose run the scheduler names leaves nothing open', () => {
  const runs = [madeRun({ processes: [madeProcess({ image: 'a.exe', tiedBy: 'pid' })] })]
  const certain = madeChain({ taskPath: '\\a', change: { confidence: 'certain', route: 'schtasks' }, runs })
  expect(wantedLogs(certain, {})).toEqual({ open: [], wanted: [] })
})

test('only logons name the address that a change came from', () => {
  const remote = madeChain({ taskPath: '\\a', change: { confidence: 'strong', route: 'remote-rpc' } })
  const rest = spans('task-audit', 'scheduler-log', 'process-starts', 'command-lines')
  expect(wantedLogs(remote, rest).wanted).toMatchObject([{ log: 'logons', says: { length: 2 } }])
})

test('a cleared log leaves no question about runs', () => {
  expect(wantedLogs(madeClearedLog(), {}).open).toEqual([])
})
