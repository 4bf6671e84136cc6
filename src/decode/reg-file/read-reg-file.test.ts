import { describe, expect, test } from 'vitest'
import { hiveBytes } from '../../lab/hive-writer/hive-writer.ts'
import type { LabKey } from '../../lab/hive-writer/lab-key.ts'
import { FLAG_HIDDEN, ORDINARY_FLAGS } from '../../lab/hive-writer/task-blobs.ts'
import { cachedTask, softwareRoot } from '../../lab/hive-writer/task-cache.ts'
import { bytesInMemory, openHive } from '../registry/index.ts'
import { readTaskCache, TASK_CACHE, toCachedTask } from '../task-cache/index.ts'
import { looksLikeRegFile, readRegFile } from './index.ts'

const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 1234 }
const task = cachedTask({
  path: '\\Contoso\\Upd "7"',
  id: '{00000001-1111-4111-8111-11111111111A}',
  registered: time,
  lastRun: time,
  account: { sid: 'S-1-5-21-1-2-3-1001', name: 'OFFICE\\ann' },
  flags: ORDINARY_FLAGS | FLAG_HIDDEN,
  actions: [
    {
      ...{ kind: 'exec', id: null, command: 'C:\\Tools\\update.exe', arguments: '/quiet "ä"' },
      ...{ workingDirectory: null, hideAppWindow: false },
    },
  ],
  triggers: [{ kind: 'logon', user: { sid: 'S-1-5-21-1-2-3-1001', name: 'OFFICE\\ann' } }],
})

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** What regedit writes: bytes in lines of some twenty, carried on with a backslash. */
function exported({ name, values = [], subkeys = [] }: LabKey, above = 'HKEY_LOCAL_MACHINE\\SOFTWARE'): string {
  const path = name === '' || above === '' ? above : `${above}\\${name}`
  const lines = values.map(({ name, type, data }) => {
    const left = name === '' ? '@' : quoted(name)
    const bytes = Buffer.from(data)
    if (type === 1) return `${left}=${quoted(bytes.toString('utf16le').replace(/\0$/, ''))}`
    if (type === 4) return `${left}=dword:${bytes.readUInt32LE(0).toString(16).padStart(8, '0')}`
    const hex = bytes.toString('hex').replace(/..(?=.)/g, '$&,')
    return `${left}=hex${type === 3 ? '' : `(${type.toString(16)})`}:${hex.replace(/(?:[\da-f]{2},){22}/g, '$&\\\r\n  ')}`
  })
  return [`[${path}]`, ...lines, '', ''].join('\r\n') + subkeys.map((key) => exported(key, path)).join('')
}

const root = softwareRoot([task], time)
const text = `Windows Registry Editor Version 5.00\r\n\r\n${exported({ ...root, name: '' })}`
const readTasks = (of: string) => readTaskCache(readRegFile('x.reg', of, TASK_CACHE))

describe('an export of the registry', () => {
  test('tells of TaskCache what the hive does, but for the times of keys', () => {
    expect(looksLikeRegFile(text)).toBe(true)
    const { hive } = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(hiveBytes(root)) })
    const cached = (reading: ReturnType<typeof readTaskCache>) =>
      reading.tasks.map((entry) => ({ ...toCachedTask(entry, 0), lastWritten: null }))
    const fromHive = hive === null ? [] : cached(readTaskCache(hive))
    const reading = readTasks(text)
    expect(reading.problems).toEqual([])
    expect(fromHive).toMatchObject([{ path: '\\Contoso\\Upd "7"', hasSecurityDescriptor: true }])
    expect(cached(reading)).toEqual(fromHive)
    expect(
      cached(readTasks(text.replaceAll('\r\n', '\n').replaceAll('HKEY_LOCAL_MACHINE', 'hkey_local_machine'))),
    ).toEqual(fromHive)
  })

  test('of other keys holds nothing that is asked for, and keys that are to be deleted are none', () => {
    expect(readTasks('Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\A]\n"a"="b"\n').found).toBe(
      false,
    )
    expect(readTasks(text.replaceAll('[HKEY', '[-HKEY')).found).toBe(false)
  })

  test('that is damaged tells what can be read, and where not', () => {
    const { tasks, problems } = readTasks(text.replace('"Author"=', '"Author'))
    expect(tasks).toHaveLength(1)
    expect(problems).toMatchObject([{ code: 'bad-value' }])
    expect(readTasks(text.slice(0, text.length / 2)).found).toBe(true)
    expect(readTasks(`REGEDIT4\n[${'HKEY_LOCAL_MACHINE\\SOFTWARE\\'}${'a\\'.repeat(200_000)}]\n`).found).toBe(false)
  })
})
