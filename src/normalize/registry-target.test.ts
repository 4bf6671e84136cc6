import { expect, test } from 'vitest'
import { registryTarget } from './registry-target.ts'

const cache = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache'

test.each([
  [`${cache}\\Tree\\Folder\\Name`, false, 'tree', '\\Folder\\Name', null],
  [`${cache}\\Tree\\Folder\\Name\\Id`, true, 'tree', '\\Folder\\Name', 'id'],
  [`${cache}\\Tree`, false, 'tree', null, null],
  [`${cache}\\Tree\\SD`, true, 'tree', null, 'sd'],
  [`${cache}\\Tasks\\{80794099-4813-46EC-80E7-D83687EF67E3}\\Actions`, true, 'tasks', null, 'actions'],
  [`${cache}\\Tasks\\{80794099-4813-46EC-80E7-D83687EF67E3}`, false, 'tasks', null, null],
  [`${cache}\\Plain\\{80794099-4813-46EC-80E7-D83687EF67E3}`, false, 'taskcache', null, null],
  [cache, false, 'taskcache', null, null],
  [`${cache}\\Treehouse\\x`, false, 'taskcache', null, null],
])('%s (value: %s) is in %s, task %s, value %s', (target, isValue, area, task, value) => {
  expect(registryTarget(target, isValue)).toEqual({ area, task, value })
})

test.each([
  '\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\x',
  'HKEY_LOCAL_MACHINE\\Software\\microsoft\\windows nt\\currentversion\\schedule\\taskcache\\tree\\x',
])('the key is known under the name %s', (target) => {
  expect(registryTarget(target, false)).toEqual({ area: 'tree', task: '\\x', value: null })
})

test.each([
  `${cache}Backup\\Tree\\x`,
  'HKU\\S-1-5-21-1\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\x',
  'HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\Environment\\windir',
  'HKU\\S-1-5-21-1\\Volatile Environment\\windir',
  'HKU\\S-1-5-21-1\\Environment\\windir\\x',
])('%s is none of ours', (target) => {
  expect(registryTarget(target, true)).toBeNull()
})

test("a user's variable is known by its name in any case, its key is nothing to us", () => {
  const environment = '\\REGISTRY\\USER\\S-1-5-21-1\\Environment'
  expect(registryTarget(`${environment}\\WinDir`, true)).toEqual({ area: 'environment', task: null, value: 'windir' })
  expect(registryTarget(`${environment}\\windir`, false)).toBeNull()
  expect(registryTarget(environment, false)).toBeNull()
})

test('a user’s own server of a COM class is known by the class, the machine’s and other values of it are nothing to us', () => {
  const id = '{0358B920-0AC7-461F-98F4-58E32CD89148}'
  const found = { area: 'class', task: null, value: id.toLowerCase() }
  expect(registryTarget(`HKU\\S-1-5-21-1_Classes\\CLSID\\${id}\\InprocServer32\\(Default)`, true)).toEqual(found)
  expect(registryTarget(`HKU\\S-1-5-21-1\\Software\\Classes\\CLSID\\${id}\\LocalServer32\\(Default)`, true)).toEqual(
    found,
  )
  expect(registryTarget(`HKU\\S-1-5-21-1_Classes\\CLSID\\${id}\\InprocServer32\\ThreadingModel`, true)).toBeNull()
  expect(registryTarget(`HKLM\\SOFTWARE\\Classes\\CLSID\\${id}\\InprocServer32\\(Default)`, true)).toBeNull()
})
