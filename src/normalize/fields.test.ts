import { expect, test } from 'vitest'
import type { WindowsRecord } from '../model/record.ts'
import { accountOf } from './fields.ts'

const account = (domain: string, name: string) =>
  accountOf({ field: (item: string) => ({ d: domain, n: name })[item] } as WindowsRecord, 'd', 'n')

test('an account of which a tool says that there is none is nobody', () => {
  for (const nobody of ['-', '', 'N/A', 'NULL SID', '(null)', 'S-1-0-0']) expect(account('EX', nobody)).toBeNull()
  expect(account('N/A', 'ann')).toBe('ann')
  expect(account('EX', 'ann')).toBe('EX\\ann')
})
