import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { looksLikeJob, readJob } from '../../src/decode/job/index.ts'
import { jobBytes } from '../../src/lab/job-writer/job-writer.ts'

const path = '../shared/data/jobs/wintask.job'

test.skipIf(!existsSync(path))('plaso’s wintask.job (skipped where it is not beside the repository)', () => {
  const bytes = readFileSync(path)
  expect(looksLikeJob(bytes)).toBe(true)
  const { job, problems } = readJob('wintask.job', bytes)
  expect(problems).toEqual([])
  expect(job).toMatchObject({
    productVersion: 0x601,
    id: '{0DF2CFEB-5293-41E9-A45E-733720C2E1FA}',
    applicationName: 'C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe',
    parameters: '/ua /installsource scheduler',
    workingDirectory: null,
    author: 'Brian',
    comment: expect.stringMatching(/^Keeps your Google software up to date\./),
    priority: 'normal',
    status: 0x41300,
    lastRun: '2013-08-24T12:42:00.112',
    triggers: [
      {
        kind: 'daily',
        start: '2013-07-12T15:42',
        schedule: { by: 'day', daysInterval: 1 },
        durationMinutes: 1440,
        intervalMinutes: 60,
      },
    ],
    signature: null,
  })
})

/** A Python with dissect: `pip install dissect.target`. */
const python = process.env.DISSECT_PYTHON ?? 'python3'
const dissect = [
  'import json, sys',
  'from dissect.target.plugins.os.windows.tasks.job import AtTask',
  'class File:',
  "  def open(self): return open(sys.argv[1], 'rb')",
  'task = AtTask(File())',
  'data = task.at_data',
  'print(json.dumps([data.app_name, data.parameters, data.working_dir, task.author, task.description, task.hidden,',
  '  task.enabled, task.last_run_date, data.exit_code, [[t.trigger_type, t.begin_year, t.end_day, t.start_hour,',
  '  t.minutes_interval, t.trigger_specific0, t.trigger_specific1, t.trigger_specific2] for t in data.task_triggers]]))',
].join('\n')

test.skipIf(spawnSync(python, ['-c', 'import dissect.target']).status !== 0)(
  'a .job file of the lab is read by dissect (skipped without dissect.target)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tasktrail-job-'))
    try {
      const file = join(folder, 'At1.job')
      const start = { year: 2026, month: 3, day: 9, hour: 6, minute: 30 }
      writeFileSync(
        file,
        jobBytes({
          id: '{00112233-4455-6677-8899-AABBCCDDEEFF}',
          ...{
            applicationName: 'cmd.exe',
            parameters: '/c dir',
            workingDirectory: 'C:\\',
            author: 'SYSTEM',
            comment: 'ß',
          },
          ...{ flags: 0x204, exitCode: 7, lastRun: start, startError: 0x8007_0005, userData: Buffer.from([1, 2, 3]) },
          triggers: [
            { start, type: 0 },
            { start, type: 2, specific: [1, 2, 0], intervalMinutes: 5, end: { year: 2027, month: 1, day: 31 } },
          ],
        }),
      )
      expect(JSON.parse(execFileSync(python, ['-c', dissect, file], { encoding: 'utf8' }))).toEqual([
        ...['cmd.exe\0', '/c dir\0', 'C:\\\0', 'SYSTEM', 'ß', true, false, '2026-03-09T06:30:00+00:00', 7],
        [
          [0, 2026, 0, 6, 0, 0, 0, 0],
          [2, 2026, 31, 6, 5, 1, 2, 0],
        ],
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
