import { expect, test } from 'vitest'
import type { Scope } from '../model/scope.ts'
import { scopeText } from './scope.ts'

test('what has no task is called what it is: a cleared log, or something without a task', () => {
  const scope: Scope = {
    finding: { id: '93d151e3', host: 'ws1', task: null, change: 'log-cleared' },
    ...{ traces: [], hits: [], own: null, hosts: 3 },
  }
  expect([...scopeText(scope)].join('')).toMatch(/^a cleared log on ws1, id 93d151e3\n/)
  const other = { ...scope, finding: { ...scope.finding, change: null } }
  expect([...scopeText(other)].join('')).toMatch(/^\(no task\) on ws1, /)
})
