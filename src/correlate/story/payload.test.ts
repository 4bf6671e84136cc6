import { expect, test } from 'vitest'
import { madeDefinition } from '../../lab/made-chains.ts'
import { factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact, FileIdentified } from '../../model/fact.ts'
import { type FileIdentity, fileIdentity } from '../../model/file-identity.ts'
import { HostMachine } from '../host-machine.ts'
import { limits } from '../settings.ts'

const { head, registered, started } = factMaker()
const file = fileIdentity({ sha256: 'aa'.repeat(32), signature: 'unsigned' }) as FileIdentity
const program = 'C:\\ProgramData\\a.exe'
const definition = madeDefinition({ actions: [{ kind: 'exec', command: program }] })
const identified = (ms: number, path: string): FileIdentified => ({
  ...head(ms, 'Microsoft-Windows-Sysmon/Operational', 15),
  kind: 'file-identified',
  path,
  file,
})

function chainOf(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine.chains().find(({ taskPath }) => taskPath === '\\T')
}

test('the process of a run has what the logs say of its file, and the definition’s program with it', () => {
  const ran = started(9_000, { pid: 90, image: program, ...underScheduler, file })
  const chain = chainOf(registered(0, '\\T', { definition }), ran)
  expect(chain?.runs[0]?.processes).toMatchObject([{ pid: 90, file }])
  expect(chain?.payload).toEqual([{ path: program, file }])
})

test('a second log of the same start completes what the first says', () => {
  const first = started(9_000, { pid: 90, image: program, ...underScheduler })
  const second = started(9_001, { pid: 90, image: program, by: 'sysmon-1', guid: '{1}', file })
  const chain = chainOf(registered(0, '\\T', { definition }), first, second)
  expect(chain?.runs[0]?.processes).toMatchObject([{ pid: 90, file }])
})

test('a program that has not run is known by the record of its file, which is evidence then', () => {
  const record = identified(0, 'c:\\programdata\\A.exe')
  const chain = chainOf(record, registered(1_000, '\\T', { definition }))
  expect(chain?.payload).toEqual([{ path: program, file }])
  expect(chain?.evidence).toMatchObject([{ eventId: 15, recordId: record.recordId }, { eventId: 4698 }])
})

test('of files beyond the limit the newest are known', () => {
  const many = Array.from({ length: limits.files + 1 }, (_, i) => identified(10 + i, `C:\\${i}.exe`))
  const chain = chainOf(identified(0, program), ...many, registered(9_999, '\\T', { definition }))
  expect(chain?.payload).toEqual([{ path: program, file: null }])
})
