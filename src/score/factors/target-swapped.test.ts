import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { targetSwapped } from './target-swapped.ts'

const copying = (args: string) => ({
  actions: [{ kind: 'exec' as const, command: 'C:\\Windows\\System32\\Robocopy.exe', arguments: args }],
})
const weighed = (before: string, now: string, user = 'EXAMPLE\\ann') =>
  targetSwapped.weigh(
    subjectOf(
      madeChain({ change: { kind: 'modified', before: copying(before), actor: { user } }, definition: copying(now) }),
      unknown,
    ),
  )

test('an action that speaks to another host than before counts', () => {
  expect(weighed('D:\\Data \\\\nas1\\backup', 'D:\\Data \\\\203.0.113.9\\drop')?.says).toContain('203.0.113.9')
  expect(weighed('-u https://a.example.test/x', '-u https://b.example.test/x')?.bits).toBeCloseTo(2.3)
})

test('the same host, a version, a path, and what SYSTEM changes, say nothing', () => {
  expect(weighed('D:\\Data \\\\nas1\\backup', 'D:\\Data \\\\NAS1\\other')).toBeUndefined()
  expect(weighed('C:\\App\\1.2.3.4.5\\a', 'C:\\App\\v1.2.3.5\\a')).toBeUndefined()
  expect(weighed('-u https://a.example.test', '-u https://b.example.test', 'NT AUTHORITY\\SYSTEM')).toBeUndefined()
})
