/** Hives against other people's bytes and readers; what is not there on a machine is skipped, and the title says what. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bytesInMemory, type Hive, openHive } from '../../src/decode/registry/index.ts'
import { readActions, readDynamicInfo, readTaskCache, readTriggers } from '../../src/decode/task-cache/index.ts'
import { hiveBytes } from '../../src/lab/hive-writer/hive-writer.ts'
import { type LabKey, REG_MULTI_SZ, regBytes, regNumber, regText } from '../../src/lab/hive-writer/lab-key.ts'
import { cachedTask, softwareRoot } from '../../src/lab/hive-writer/task-cache.ts'
import { FILETIME_EPOCH_MS, type Instant } from '../../src/model/time.ts'
import { OpenHiveFile, withHiveFiles } from '../../src/sources/hive-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-hive-'))
afterAll(() => rmSync(folder, { recursive: true }))
const data = '../shared/data/registry'
const fileTime = ({ time, ticks }: Instant) => BigInt(time + FILETIME_EPOCH_MS) * 10_000n + BigInt(ticks)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const time = { time: Date.UTC(2026, 2, 9, 6, 0, 0, 123), ticks: 4567 }
const account = { sid: 'S-1-5-18', name: '' }
const tasks = Array.from({ length: 40 }, (_, index) =>
  cachedTask({
    path: `\\Contoso\\Folder ${index % 4}\\Task ${index}`,
    id: `{000000${String(index).padStart(2, '0')}-1111-4111-8111-111111111111}`,
    registered: { time: time.time + index, ticks: index },
    account,
    actions: [
      {
        kind: 'exec',
        id: null,
        command: `tool${index}.exe`,
        arguments: null,
        workingDirectory: null,
        hideAppWindow: false,
      },
    ],
    triggers: [{ kind: 'boot' }],
  }),
)
const awkward: LabKey = {
  name: 'Größe',
  lastWritten: time,
  values: [
    regText('', 'default'),
    regText('Имя', '漢字 ß'),
    regNumber('Number', 0xffff_ffff),
    { name: 'Multi', type: REG_MULTI_SZ, data: Buffer.from('a\0b\0\0', 'utf16le') },
    // Not 16 345 to 16 348: libregf 20201007 drops a last piece of up to 4 bytes, regipy and we do not.
    ...[0, 4, 5, 16_344, 16_400, 50_000].map((size) => regBytes(`Size ${size}`, Buffer.alloc(size, size & 0xff))),
  ],
}

describe('a hive of the lab', () => {
  const pyregf = '/usr/bin/python3'
  const installed = spawnSync(pyregf, ['-c', 'import pyregf']).status === 0
  test.skipIf(!installed).each(['li', 'lf', 'lh'] as const)(
    'with %s lists is read by libregf as we read it (skipped without python3-libregf)',
    async (list) => {
      const path = join(folder, `lab-${list}`)
      writeFileSync(path, hiveBytes(softwareRoot(tasks, time, [awkward]), { list, longestList: 7 }))
      const out = execFileSync(pyregf, ['scripts/compare-hive/pyregf_keys.py', path], { encoding: 'utf8' })
      const lines = out.trim().split('\n')
      const theirs = lines
        .map((line) => JSON.parse(line.replace(/"written": (\d+)/, '"written": "$1"')))
        .map((key) => ({ ...key, values: key.values.map((value: unknown[]) => value.slice(0, 3)) }))
      const ours = await withHiveFiles({ path, name: path }, [], (file) =>
        [...(openHive(file).hive as Hive).walk()].map((key) => ({
          path: key.path === '' ? [] : key.path.split('\\'),
          written: String(fileTime(key.lastWritten)),
          values: [...key.values()].map((value) => [value.name, value.type, sha256(value.data())]),
        })),
      )
      expect(ours).toEqual(theirs)
      expect(ours.length).toBeGreaterThan(130)
    },
  )

  test.skipIf(spawnSync('regfinfo', ['-V']).status !== 0)(
    'is a hive for regfinfo (skipped without libregf-utils)',
    () => {
      const path = join(folder, 'lab-info')
      writeFileSync(path, hiveBytes(softwareRoot(tasks, time)))
      const out = execFileSync('regfinfo', [path], { encoding: 'utf8' })
      expect(out).toContain('Version:\t1.5')
      expect(out).toContain('(key:) {00000007-1111-4111-8111-111111111111}')
    },
  )

  test('of 20 MB is read for its tasks without reading it all', () => {
    const path = join(folder, 'large')
    const filler = Array.from({ length: 2500 }, (_, index) => ({
      name: `Key ${index}`,
      lastWritten: time,
      values: [regBytes('Data', Buffer.alloc(8000, index))],
    }))
    writeFileSync(path, hiveBytes(softwareRoot(tasks, time, [{ name: 'Filler', lastWritten: time, subkeys: filler }])))
    const bytes = new OpenHiveFile(path)
    try {
      const { hive } = openHive({ file: 'SOFTWARE', bytes })
      expect(hive && readTaskCache(hive).tasks).toHaveLength(40)
      expect(bytes.size).toBeGreaterThan(20_000_000)
      expect(bytes.bytesRead).toBeLessThan(1_000_000)
    } finally {
      bytes.close()
    }
  })
})

test('a file gives the same bytes as memory, wherever a read begins and ends', () => {
  const path = join(folder, 'bytes')
  const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251))
  writeFileSync(path, content)
  const file = new OpenHiveFile(path)
  const memory = bytesInMemory(content)
  try {
    for (const [offset, length] of [
      ...[0, 16_383, 16_384, 32_767, 69_999, 70_000, 80_000].map((at) => [at, 3]),
      ...[0, 1, 16_000].map((at) => [at, 60_000]),
    ] as [number, number][]) {
      expect(Buffer.from(file.read(offset, length)).equals(Buffer.from(memory.read(offset, length)))).toBe(true)
    }
  } finally {
    file.close()
  }
})

describe.skipIf(!existsSync(join(data, 'taskcache-blobs.json')))(
  'values of TaskCache from winreg-tasks (skipped where they are not beside the repository)',
  () => {
    interface Blob {
      readonly name: string
      readonly value: string
      readonly hex: string
      readonly expected?: Record<'created' | 'lastRun' | 'lastResult' | 'lastSuccessfulRun', string>
    }
    const path = join(data, 'taskcache-blobs.json')
    const blobs: readonly Blob[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).values : []
    const of = (value: string) => blobs.filter((blob) => blob.value === value)
    const bytes = (blob: Blob) => Buffer.from(blob.hex, 'hex')

    test.each(of('DynamicInfo'))('$name', (blob) => {
      const { info, unread } = readDynamicInfo(bytes(blob))
      expect(unread).toBeNull()
      expect(info && fileTime(info.created as Instant)).toBe(BigInt(blob.expected?.created ?? 0))
      expect(info && fileTime(info.lastRun as Instant)).toBe(BigInt(blob.expected?.lastRun ?? 0))
      expect(info && fileTime(info.lastSuccessfulRun as Instant)).toBe(BigInt(blob.expected?.lastSuccessfulRun ?? 0))
      expect(info?.lastResult).toBe(Number(blob.expected?.lastResult))
    })

    const actions: Record<string, readonly string[]> = {
      TestTaskParser_ExeTasks: ['exec', 'exec', 'exec', 'exec', 'exec'],
      TestTaskParser_ComHandler: ['com-handler'],
      TestTaskParser_MessageBox: ['show-message'],
      TestTaskParser_EmailTask: ['send-email'],
      TestTaskParser_MixedAll: ['exec', 'com-handler', 'send-email', 'show-message'],
    }
    test.each(of('Actions'))('$name', (blob) => {
      const reading = readActions(bytes(blob))
      expect(reading.actions.map(({ kind }) => kind)).toEqual(actions[blob.name])
      // Written by hand: the flags of the last action have one byte.
      if (blob.name === 'TestTaskParser_ExeTasks') expect(reading.unread).toMatchObject({ hex: '00', size: 1 })
      else expect(reading.unread).toBeNull()
    })

    test.each(of('Triggers'))('$name is read to its last byte', (blob) => {
      const reading = readTriggers(bytes(blob))
      expect(reading.unread).toBeNull()
      expect(reading.version).toBe(0x17)
      expect(reading.triggers.length).toBeGreaterThan(0)
      expect(reading.bucket?.principal.userId ?? reading.bucket?.principal.groupId).toMatch(
        /^(CASE-PC\\case|S-1-5-\d+)$/,
      )
    })

    test('times, schedules, users and queries come out as they were entered', () => {
      const read = (name: string) =>
        of('Triggers')
          .filter((blob) => blob.name === name)
          .map((blob) => readTriggers(bytes(blob)))
      expect(read('TestTimeTrigger')[0]?.triggers).toMatchObject([
        { kind: 'time', startBoundary: '2022-04-08T18:25:31' },
        {
          kind: 'calendar',
          schedule: { by: 'day', daysInterval: 3 },
          repetition: { interval: 'PT1H', duration: 'PT12H' },
        },
        { kind: 'calendar', schedule: { by: 'week', weeksInterval: 4, daysOfWeek: ['Monday', 'Friday', 'Saturday'] } },
        { kind: 'calendar', schedule: { by: 'month' } },
        {
          kind: 'calendar',
          schedule: { by: 'month-day-of-week', weeks: [3, 4], daysOfWeek: ['Wednesday', 'Thursday', 'Friday'] },
        },
      ])
      expect(read('TestLogonTrigger')[0]?.triggers).toMatchObject([
        {
          kind: 'logon',
          enabled: false,
          startBoundary: '2022-04-07T01:02:03',
          userId: 'CASE-PC\\case',
          delay: 'PT30S',
        },
      ])
      expect(read('TestEventTrigger')[0]?.triggers).toMatchObject([
        {
          kind: 'event',
          delay: 'PT1M',
          subscription: expect.stringMatching(/^<QueryList>.*EventID=1234.*<\/QueryList>$/),
        },
        { kind: 'event', subscription: expect.stringContaining('WDAG-PolicyEvaluator-GP') },
      ])
      expect(read('TestStateChangeTrigger')[0]?.triggers).toMatchObject([
        { kind: 'wnf-state-change', stateName: '7518BCA32B188341', data: '01' },
        { kind: 'wnf-state-change', stateName: '7528BCA32B188341', data: '03' },
      ])
    })
  },
)

/** Keys and values as regipy and libregf find them too: scripts/compare-hive.ts. */
const real = [
  { hive: 'NTUSER.DAT', logs: [], keys: 1812, values: 4094 },
  { hive: 'SYSTEM_B', logs: [], keys: 33_123, values: 74_957 },
  { hive: 'SYSTEM_B', logs: ['SYSTEM_B.LOG1', 'SYSTEM_B.LOG2'], keys: 35_595, values: 78_901 },
  { hive: 'SYSTEM_WIN_10_1709', logs: [], keys: 43_211, values: 90_307 },
  { hive: 'corrupted_system_hive', logs: [], keys: 1687, values: 5625 },
  { hive: 'transactions_NTUSER.DAT', logs: [], keys: 2590, values: 4119 },
  {
    hive: 'transactions_NTUSER.DAT',
    logs: ['transactions_ntuser.dat.log1', 'transactions_ntuser.dat.log2'],
    keys: 3105,
    values: 4695,
  },
]
const unpack = (name: string) =>
  bytesInMemory(execFileSync('xz', ['-dkc', join(data, `${name}.xz`)], { maxBuffer: 2 ** 28 }))

test.skipIf(!existsSync(data) || spawnSync('xz', ['--version']).status !== 0).each(real)(
  '$hive with logs $logs (skipped without the data beside the repository, or xz)',
  ({ hive: name, logs, keys, values }) => {
    const { hive } = openHive(
      { file: name, bytes: unpack(name) },
      logs.map((log) => ({ file: log, bytes: unpack(log) })),
    )
    const found = { keys: 0, values: 0 }
    for (const key of (hive as Hive).walk()) {
      found.keys += 1
      for (const value of key.values()) {
        value.data()
        found.values += 1
      }
    }
    expect(found).toEqual({ keys, values })
    const codes = new Set(hive?.problems.all().map(({ code }) => code))
    if (name === 'corrupted_system_hive') expect(codes).toContain('bad-cell')
    else expect([...codes].filter((code) => code !== 'dirty-hive' && code !== 'log-gap')).toEqual([])
  },
)
