import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { NoBaseline, OwnBaseline } from './own.ts'

const shell = { image: 'C:\\Windows\\System32\\cmd.exe' }
const byAnn = (taskPath: string, statedAction: string) =>
  madeChain({ host: 'ws1', taskPath, statedAction, change: { actor: { user: 'EXAMPLE\\ann', process: shell } } })
const bySystem = (taskPath: string, host = 'ws1') =>
  madeChain({ host, taskPath, statedAction: 'C:\\a.exe', change: { actor: { user: 'NT AUTHORITY\\SYSTEM' } } })

const own = byAnn('\\Own', 'C:\\x.exe')
function besideOf(...others: ReturnType<typeof madeChain>[]) {
  const baseline = new OwnBaseline()
  for (const chain of [own, ...others]) baseline.see(chain)
  return baseline.of(own).beside
}

test('what software changes on a host counts for each task once, and on its own host', () => {
  expect(besideOf(bySystem('\\A'), bySystem('\\A'), bySystem('\\B'), bySystem('\\C', 'ws2')).bySoftware).toBe(2)
})

test('where a person made something else, too, a person’s change is nothing out of the ordinary', () => {
  expect(besideOf(bySystem('\\A'), byAnn('\\Other', 'C:\\y.exe')).bySoftware).toBe(0)
})

test('a second task for the same makes nothing ordinary, and is told', () => {
  expect(besideOf(bySystem('\\A'), byAnn('\\Second', 'C:\\x.exe'))).toEqual({ bySoftware: 1, twins: ['\\second'] })
})

test('without a baseline a chain stands alone', () => {
  const baseline = new NoBaseline()
  for (const chain of [own, bySystem('\\A')]) baseline.see(chain)
  expect(baseline.of(own).beside).toEqual({ bySoftware: 0, twins: [] })
})
