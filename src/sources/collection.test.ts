import { expect, test } from 'vitest'
import { placeOf } from './collection.ts'

test('a mounted disk: files of one host have the same root', () => {
  expect(placeOf('/mnt/ws5/Windows/System32/Tasks/Vendor/Update')).toMatchObject({
    root: '/mnt/ws5',
    taskPath: '\\Vendor\\Update',
  })
  expect(placeOf('/mnt/ws5/Windows/System32/winevt/Logs/Security.evtx')).toMatchObject({
    root: '/mnt/ws5',
    taskPath: null,
  })
  expect(placeOf('/mnt/ws5/Windows/System32/config/SOFTWARE').root).toBe('/mnt/ws5')
})

test('KAPE keeps the drive as a folder, and any case is as good', () => {
  expect(placeOf('out/WS5/C/WINDOWS/system32/tasks/A')).toMatchObject({ root: 'out/WS5/C', taskPath: '\\A' })
})

test('Velociraptor writes %XX for what a file system may refuse', () => {
  expect(placeOf('uploads/auto/C%3A/Windows/System32/Tasks/My%20Job').taskPath).toBe('\\My Job')
})

test('a name that only looks encoded stays as it is', () => {
  expect(placeOf('x/Windows/System32/Tasks/100%zz').taskPath).toBe('\\100%zz')
  expect(placeOf('x/Windows/System32/Tasks/%ff%fe').taskPath).toBe('\\%ff%fe')
})

test('legacy jobs lie in Windows\\Tasks, and 32-bit tasks in SysWOW64', () => {
  expect(placeOf('x/Windows/Tasks/At1.job')).toMatchObject({ root: 'x', taskPath: '\\At1.job' })
  expect(placeOf('x/Windows/SysWOW64/Tasks/B').taskPath).toBe('\\B')
})

test('without the host’s folders, a folder named Tasks is the task folder beside its logs', () => {
  expect(placeOf('case7/Tasks/A/B')).toMatchObject({ root: 'case7', taskPath: '\\A\\B' })
  expect(placeOf('case7/Security.evtx')).toMatchObject({ root: 'case7', taskPath: null })
})
