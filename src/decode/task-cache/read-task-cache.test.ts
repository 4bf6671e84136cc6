import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiveBytes } from '../../lab/hive-writer/hive-writer.ts'
import { regBytes, regText } from '../../lab/hive-writer/lab-key.ts'
import {
  ghostTask,
  hiddenBySd,
  withIndexZero,
  withOtherPath,
  withoutSd,
  withoutTask,
  withoutTree,
} from '../../lab/hive-writer/tampered-task.ts'
import { actionsBlob, FLAG_HIDDEN, ORDINARY_FLAGS } from '../../lab/hive-writer/task-blobs.ts'
import { cachedTask, type LabCachedTask, softwareRoot } from '../../lab/hive-writer/task-cache.ts'
import { bytesInMemory, type Hive, openHive } from '../registry/index.ts'
import { MAX_PROBLEMS_PER_HIVE } from '../registry/limits.ts'
import { toCachedTask } from './cached-task.ts'
import { MAX_TASK_CACHE_BYTES } from './limits.ts'
import { readTaskCache } from './read-task-cache.ts'

const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 1234 }
const ann = { sid: 'S-1-5-21-1-2-3-1001', name: 'OFFICE\\ann' }
const id = (number: number) => `{0000000${number}-1111-4111-8111-11111111111A}`
const taskAt = (path: string, guid: string) =>
  cachedTask({
    path,
    id: guid,
    registered: time,
    lastRun: { time: time.time + 60_000, ticks: 0 },
    account: ann,
    flags: ORDINARY_FLAGS | FLAG_HIDDEN,
    actions: [
      {
        ...{ kind: 'exec', id: null, command: 'C:\\Tools\\update.exe', arguments: '/quiet' },
        ...{ workingDirectory: null, hideAppWindow: false },
      },
    ],
    triggers: [
      { kind: 'daily', start: '2026-03-09T06:00:00', days: 1, repeatSeconds: 3600 },
      { kind: 'logon', user: ann },
    ],
  })
const update = taskAt('\\Contoso\\Update', id(1))
const other = taskAt('\\Contoso\\Other', id(2))

function read(...tasks: LabCachedTask[]) {
  const bytes = hiveBytes(softwareRoot(tasks, time))
  const { hive } = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(bytes) })
  if (hive === null) throw new Error('no hive')
  return readTaskCache(hive)
}
const one = (task: LabCachedTask) => {
  const { tasks } = read(task)
  expect(tasks).toHaveLength(1)
  return tasks[0]
}

describe('the TaskCache', () => {
  test('keeps a definition: actions, triggers, principal and settings', () => {
    const entry = one(update)
    expect(entry && toCachedTask(entry, 0)?.definition).toMatchObject({
      version: '1.2',
      registrationInfo: { uri: '\\Contoso\\Update', author: 'OFFICE\\ann' },
      triggers: [{ kind: 'calendar', enabled: true, repetition: { interval: 'PT1H' } }, { kind: 'logon' }],
      principals: [{ userId: ann.name }],
      settings: { hidden: true, enabled: true },
      actions: [{ kind: 'exec', command: 'C:\\Tools\\update.exe', arguments: '/quiet' }],
    })
  })

  test('of which a part is not understood keeps none', () => {
    const task = {
      ...update,
      task: (update.task ?? []).map((value) =>
        value.name === 'Triggers' ? regBytes('Triggers', Buffer.from([9])) : value,
      ),
    }
    const entry = one(task)
    expect(entry && toCachedTask(entry, 0)).toMatchObject({
      definition: null,
      actions: [{ command: 'C:\\Tools\\update.exe' }],
    })
  })

  test('gives one entry for each task, with all that Tree and Tasks say', () => {
    const { found, tasks, problems } = read(update)
    expect([found, problems]).toEqual([true, []])
    expect(tasks).toMatchObject([
      {
        path: '\\Contoso\\Update',
        id: id(1),
        groups: ['Logon'],
        missing: [],
        conflicts: [],
        tree: { index: 2, lastWritten: time, securityDescriptor: { owner: 'S-1-5-32-544', hidesFromEveryone: false } },
        task: {
          path: '\\Contoso\\Update',
          uri: '\\Contoso\\Update',
          author: 'OFFICE\\ann',
          schema: '1.2',
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          actions: {
            context: 'Author',
            actions: [{ kind: 'exec', command: 'C:\\Tools\\update.exe', arguments: '/quiet' }],
          },
          dynamicInfo: { info: { created: time, lastResult: 0 } },
          triggers: {
            bucket: { principal: { userId: 'OFFICE\\ann' }, settings: { hidden: true, enabled: true } },
            triggers: [
              { kind: 'calendar', startBoundary: '2026-03-09T06:00:00', schedule: { by: 'day', daysInterval: 1 } },
              { kind: 'logon', userId: 'OFFICE\\ann' },
            ],
          },
          otherValues: [],
        },
      },
    ])
  })

  test('is not found in another hive', () => {
    const { hive } = openHive({ file: 'SYSTEM', bytes: bytesInMemory(hiveBytes({ name: 'ROOT', lastWritten: time })) })
    expect(hive && readTaskCache(hive)).toEqual({ found: false, tasks: [], problems: [] })
  })

  test('folders are no tasks, and a task can be a folder as well', () => {
    const { tasks } = read(update, taskAt('\\Contoso\\Update\\Below', id(2)))
    expect(tasks.map(({ path }) => path)).toEqual(['\\Contoso\\Update', '\\Contoso\\Update\\Below'])
  })
})

describe('a task that was tampered with', () => {
  test.each([
    ['without SD', withoutSd(update), ['security-descriptor'], []],
    ['with an SD for SYSTEM alone', hiddenBySd(update), [], ['hidden-by-security-descriptor']],
    ['with Index 0', withIndexZero(update), [], ['index-0']],
    ['as GhostTask writes it', ghostTask(update), ['hash', 'schema'], []],
    ['gone from Tree', withoutTree(update), ['tree'], []],
    ['gone from Tasks', withoutTask(update), ['task'], []],
    ['with another path in Tasks', withOtherPath(update, '\\Elsewhere'), [], ['path-differs']],
    ['in no group', { ...update, groups: [] }, ['group'], []],
    ['in two groups', { ...update, groups: ['Boot', 'Plain'] as const }, [], ['several-groups']],
    ['without Id in Tree', { ...update, tree: [regText('Nothing', '')] }, ['id', 'index', 'security-descriptor'], []],
  ])('%s', (_, task, missing, conflicts) => {
    const entry = one(task)
    expect(entry?.path).toBe('\\Contoso\\Update')
    expect(entry?.id).toBe(id(1))
    expect(entry?.missing).toEqual(missing)
    expect(entry?.conflicts.map(({ kind }) => kind)).toEqual(conflicts)
  })

  test('two names in Tree for one task', () => {
    const { tasks } = read(update, withoutTask(taskAt('\\Contoso\\Other', id(1))))
    expect(tasks.map(({ conflicts }) => conflicts.map(({ kind }) => kind))).toEqual([
      ['path-differs', 'id-shared'],
      ['id-shared'],
    ])
  })

  test('only its GUID is left, in a group', () => {
    const entry = read({ ...update, tree: null, task: null }).tasks[0]
    expect(entry).toMatchObject({ path: null, id: id(1), tree: null, task: null, groups: ['Logon'] })
    expect(entry && toCachedTask(entry, 0)).toBeNull()
  })

  test('with values that nobody understands: bytes and reason are kept, and the rest is read', () => {
    const values = (update.task ?? []).filter(({ name }) => name !== 'Actions' && name !== 'DynamicInfo')
    const strange = [regBytes('Actions', Buffer.from('0900aabb', 'hex')), regBytes('DynamicInfo', Buffer.alloc(40))]
    const { tasks, problems } = read({ ...update, task: [...values, ...strange, regText('Extra', 'x')] })
    expect(tasks[0]?.task?.actions?.unread?.hex).toBe('0900aabb')
    expect(tasks[0]?.task?.dynamicInfo?.unread?.size).toBe(40)
    expect(tasks[0]?.task?.otherValues).toEqual(['Extra'])
    expect(problems.map(({ code }) => code)).toEqual(['unknown-layout'])
    expect(tasks[0] && toCachedTask(tasks[0], 0)?.actions).toBeNull()
  })

  test('becomes an artifact with its doubts and oddities in plain words', () => {
    const entry = one(ghostTask(withOtherPath(update, '\\Elsewhere')))
    expect(entry && toCachedTask(entry, 4)).toMatchObject({
      ...{ source: 4, path: '\\Contoso\\Update', runsAs: 'OFFICE\\ann', isEnabled: true, isHidden: true, index: 3 },
      ...{ inTree: true, inTasks: true, hasSecurityDescriptor: true, isHiddenFromEveryone: false, registered: time },
      doubts: ['Tree names the task \\Contoso\\Update, its own key says \\Elsewhere'],
      oddities: ['its key in Tasks has no Hash', 'its key in Tasks has no Schema'],
    })
  })
})

test('a TaskCache in whatever way bytes of it are changed', () => {
  const bytes = hiveBytes(softwareRoot([update, other, withIndexZero(taskAt('\\C', id(3)))], time))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 4096, max: bytes.length - 1 }), fc.nat(255))), (changes) => {
      const damaged = Buffer.from(bytes)
      for (const [at, value] of changes) damaged[at] = value
      const { hive } = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(damaged) })
      for (const entry of hive ? readTaskCache(hive).tasks : []) toCachedTask(entry, 0)
    }),
    { numRuns: 500 },
  )
})

test('thousands of tasks that all point at the same megabyte are not read thousands of times', () => {
  const actions = actionsBlob('Author', [{ kind: 'show-message', id: null, title: 'a', body: 'b' }])
  const padded = Buffer.concat([actions, Buffer.alloc(1_000_000)])
  const values = [regText('Path', '\\Same'), regBytes('Actions', padded)]
  const guid = (index: number) => `{${String(index).padStart(8, '0')}-1111-4111-8111-111111111111}`
  const tasks = Array.from({ length: 3000 }, (_, index) => ({
    ...update,
    id: guid(index),
    tree: null,
    groups: [],
    task: values.slice(0, index === 0 ? 2 : 1),
  }))
  const bytes = hiveBytes(softwareRoot(tasks, time))
  let last = bytes.lastIndexOf(guid(0)) - 76
  const first = last
  for (let index = 1; index < tasks.length; index++) {
    last = bytes.indexOf(guid(index), last) - 76
    bytes.copy(bytes, last + 36, first + 36, first + 44)
  }
  const { hive } = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(bytes) })
  const { tasks: read, problems } = readTaskCache(hive as Hive)
  expect(read).toHaveLength(3000)
  expect(read.filter(({ task }) => task?.actions !== null).length).toBeLessThanOrEqual(
    MAX_TASK_CACHE_BYTES / padded.length,
  )
  expect(problems.map(({ code }) => code)).toContain('too-large')
  expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS_PER_HIVE + 20)
})
