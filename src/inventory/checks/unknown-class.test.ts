import { expect, test } from 'vitest'
import type { CachedTask, FiledTask } from '../../model/artifact.ts'
import type { Action } from '../../model/definition.ts'
import { emptyDefinition } from '../../model/definition.ts'
import { unknownClass } from './unknown-class.ts'

const path = '\\Microsoft\\Windows\\Wininet\\CacheTask'
const handler = (classId: string): Action => ({ kind: 'com-handler', id: null, classId, data: null })
const windows = handler('{0358B920-0AC7-461F-98F4-58E32CD89148}')
const other = handler('{11111111-2222-3333-4444-555555555555}')

const sides = (file: Action | null, cached: Action | null, at = path) => ({
  path: at,
  logged: null,
  file:
    file && ({ path: at, definition: { ...emptyDefinition, actions: [file] }, problem: null } as unknown as FiledTask),
  cached: cached && ({ path: at, actions: [cached] } as unknown as CachedTask),
  job: null,
  listed: null,
})
const context = { artifacts: {} as never, logged: [], audited: null }
const find = (...of: Parameters<typeof sides>) => unknownClass.find(sides(...of), context)

test('the class that Windows gives a task is no contradiction, in any case and with or without braces', () => {
  expect(find(windows, windows)).toBeUndefined()
  expect(find(handler('0358b920-0ac7-461f-98f4-58e32cd89148'), null)).toBeUndefined()
  expect(find(windows, windows, path.toUpperCase())).toBeUndefined()
})

test('another class is one, also where only the registry has it', () => {
  expect(find(other, null)?.says).toContain('{11111111')
  expect(find(windows, other)?.says).toContain('{11111111')
})

test('of a task that is not known, and of a program, nothing is said', () => {
  expect(find(other, other, '\\Contoso\\Cache')).toBeUndefined()
  const exec: Action = {
    kind: 'exec',
    id: null,
    command: 'a.exe',
    arguments: null,
    workingDirectory: null,
    hideAppWindow: false,
  }
  expect(find(exec, exec)).toBeUndefined()
})
