/** Bytes written by hand from [MS-TSCH] 2.4, and files of the lab's own writer. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jobBytes, type LabJob } from '../../lab/job-writer/job-writer.ts'
import { looksLikeJob, readJob, toJobTask } from './index.ts'

const u16 = (value: number) =>
  `${(value & 0xff).toString(16).padStart(2, '0')}${(value >> 8).toString(16).padStart(2, '0')}`
const text = (value: string) => u16(value.length + 1) + Buffer.from(`${value}\0`, 'utf16le').toString('hex')

/** `at` leaves such a file: At1.job. */
function handWritten(): Buffer {
  const application = text('cmd.exe')
  const middle = [
    u16(0), // running instances
    application,
    text('/c dir'),
    u16(0), // working directory
    text('SYSTEM'),
    text('Created by NetScheduleJobAdd.'),
    u16(0), // user data
    `0800${'05000780'}00000000`, // HRESULT and flags
  ].join('')
  const trigger = [
    '30000000',
    ...[2026, 3, 9, 0, 0, 0, 14, 45].map(u16), // begin, end, hour, minute
    ...['00000000', '00000000', '00000000', '00000000'], // duration, interval, flags, once
    ...[0, 0, 0, 0, 0, 0].map(u16),
  ].join('')
  const triggers = u16((68 * 2 + middle.length) / 2)
  const fixed = [
    ...['0105', '0100', '33221100554477668899aabbccddeeff', u16(70), triggers],
    ...[u16(0), u16(0), u16(60), u16(10), '80000000', 'ffffffff', '01000000', '00130400', '05020001'],
    ...[2026, 3, 1, 9, 14, 45, 1, 7].map(u16),
  ].join('')
  return Buffer.from(fixed + middle + u16(1) + trigger, 'hex')
}

describe('a .job file', () => {
  test('written by hand from the specification is read whole', () => {
    expect(readJob('At1.job', handWritten())).toEqual({
      problems: [],
      job: {
        ...{ productVersion: 0x501, fileVersion: 1, id: '{00112233-4455-6677-8899-AABBCCDDEEFF}' },
        ...{ applicationName: 'cmd.exe', parameters: '/c dir', workingDirectory: null, author: 'SYSTEM' },
        ...{ comment: 'Created by NetScheduleJobAdd.', userData: null, errorRetryCount: 0, errorRetryMinutes: 0 },
        ...{ idleDeadlineMinutes: 60, idleWaitMinutes: 10, priority: 'high', maximumRunTimeMs: null, exitCode: 1 },
        ...{ status: 0x41300, flags: 0x0100_0205, lastRun: '2026-03-09T14:45:01.007', runningInstances: 0 },
        settings: {
          ...{ interactive: true, deleteWhenDone: false, disabled: true, startOnlyIfIdle: false },
          ...{ hidden: true, runOnlyIfLoggedOn: false },
        },
        startError: 0x8007_0005,
        triggers: [
          {
            ...{ kind: 'once', enabled: true, start: '2026-03-09T14:45', endDate: null, durationMinutes: 0 },
            ...{ intervalMinutes: 0, killAtDurationEnd: false, schedule: null },
          },
        ],
        signature: null,
      },
    })
  })

  const start = { year: 2026, month: 3, day: 9, hour: 6, minute: 30 }
  const job: LabJob = {
    id: '{00112233-4455-6677-8899-AABBCCDDEEFF}',
    applicationName: 'C:\\Tools\\a b.exe',
    userData: Buffer.from('0102', 'hex'),
    triggers: [
      { start, type: 1, specific: [3, 0, 0], intervalMinutes: 60, durationMinutes: 1440, flags: 2 },
      { start, type: 2, specific: [2, 0b0100010, 0], end: { year: 2027, month: 1, day: 31 } },
      { start, type: 3, specific: [1, 0x4000, 0b101], flags: 4 },
      { start, type: 4, specific: [5, 0b1, 0xfff] },
      ...[5, 6, 7].map((type) => ({ start, type })),
    ],
    signature: Buffer.alloc(64, 0xab),
  }

  test('has several triggers of every kind, and a signature', () => {
    const { job: read, problems } = readJob('x.job', jobBytes(job))
    expect(problems).toEqual([])
    expect(read?.triggers).toMatchObject([
      { kind: 'daily', schedule: { by: 'day', daysInterval: 3 }, intervalMinutes: 60, killAtDurationEnd: true },
      { kind: 'weekly', schedule: { weeksInterval: 2, daysOfWeek: ['Monday', 'Friday'] }, endDate: '2027-01-31' },
      { kind: 'monthly-date', enabled: false, schedule: { daysOfMonth: [1, 31], months: ['January', 'March'] } },
      { kind: 'monthly-day-of-week', schedule: { weeks: ['Last'], daysOfWeek: ['Sunday'] } },
      { kind: 'idle' },
      { kind: 'boot' },
      { kind: 'logon', start: '2026-03-09T06:30' },
    ])
    expect(read?.userData).toBe('0102')
    expect(read?.signature).toEqual({ version: 1, minimumClientVersion: 1, bytes: 'ab'.repeat(64) })
  })

  test('with a trigger of no known kind: the others are read', () => {
    const bytes = jobBytes({
      ...job,
      triggers: job.triggers.map((each, index) => (index === 2 ? { ...each, type: 9 } : each)),
    })
    const { job: read, problems } = readJob('x.job', bytes)
    expect(read?.triggers.map(({ kind }) => kind)).toEqual([
      'daily',
      'weekly',
      'monthly-day-of-week',
      'idle',
      'boot',
      'logon',
    ])
    expect(problems.map(({ code }) => code)).toEqual(['bad-job'])
  })

  test('that is cut keeps what was read', () => {
    const bytes = jobBytes(job)
    const { job: read, problems } = readJob('x.job', bytes.subarray(0, bytes.length - 64 - 4 - 48 * 5))
    expect(read?.applicationName).toBe('C:\\Tools\\a b.exe')
    expect(read?.triggers).toHaveLength(2)
    expect(problems[0]).toMatchObject({ file: 'x.job', code: 'truncated', reason: '7 triggers, room for 2' })
  })

  test('that says another place for its triggers is read, and that is told', () => {
    const bytes = jobBytes(job)
    bytes.writeUInt16LE(80, 0x16)
    const { job: read, problems } = readJob('x.job', bytes)
    expect(read?.triggers).toHaveLength(7)
    expect(problems.map(({ offset }) => offset)).toEqual([0x16])
  })

  test('is recognised by its content', () => {
    expect(looksLikeJob(handWritten())).toBe(true)
    expect(looksLikeJob(Buffer.from('<?xml version="1.0"?>'.repeat(9)))).toBe(false)
    expect(readJob('x', Buffer.from('MZ'.repeat(60)))).toMatchObject({ job: null, problems: [{ code: 'bad-job' }] })
  })

  test('becomes an artifact', () => {
    expect(toJobTask(readJob('At1.job', handWritten()), 2, '\\At1')).toMatchObject({
      ...{ source: 2, path: '\\At1', lastRun: '2026-03-09T14:45:01.007', problem: null },
      definition: {
        registrationInfo: { author: 'SYSTEM' },
        actions: [{ kind: 'exec', command: 'cmd.exe', arguments: '/c dir' }],
      },
    })
  })

  test('tells its triggers and its last run in the words of the model, in local time', () => {
    const written = jobBytes({ ...job, flags: 0x204, exitCode: 7, lastRun: start })
    expect(toJobTask(readJob('x.job', written), 0, '\\x')).toMatchObject({
      lastRun: '2026-03-09T06:30:00.000',
      lastResult: 7,
      definition: {
        settings: { enabled: false, hidden: true },
        triggers: [
          {
            kind: 'calendar',
            startBoundary: '2026-03-09T06:30:00',
            schedule: { by: 'day', daysInterval: 3 },
            repetition: { interval: 'PT60M', duration: 'PT1440M', stopAtDurationEnd: true },
          },
          { kind: 'calendar', endBoundary: '2027-01-31T23:59:59' },
          { kind: 'calendar', enabled: false },
          { kind: 'calendar' },
          { kind: 'idle' },
          { kind: 'boot' },
          { kind: 'logon' },
        ],
      },
    })
    expect(toJobTask(readJob('x.job', jobBytes({ ...job, exitCode: 7 })), 0, '\\x')).toMatchObject({
      lastRun: null,
      lastResult: null,
    })
  })

  test('of any bytes is read without an error', () => {
    const sound = jobBytes(job)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255))),
        fc.nat(sound.length),
        (changes, length) => {
          const bytes = Buffer.from(sound)
          for (const [at, value] of changes) bytes[at] = value
          const { job: read, problems } = readJob('x', bytes.subarray(0, length))
          expect(read !== null || problems.length > 0).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
