import { describe, expect, test } from 'vitest'
import type { ExecAction } from '../../model/definition.ts'
import { matchesInbox } from '../../model/windows/inbox/index.ts'
import { windowsVersions } from '../host/windows.ts'
import { habits, ownTask } from './windows-tasks.ts'

const versions = Object.entries(windowsVersions)
const of = (path: string, version: keyof typeof windowsVersions) => ownTask(path, windowsVersions[version].tasksOf)

describe("Windows' own tasks in the lab", () => {
  test.each(versions)(
    'each that runs is known of Windows %s, or of the release nearest to it',
    (_name, { tasksOf }) => {
      for (const { path } of habits) {
        const task = ownTask(path, tasksOf)
        expect(task, path).not.toBeNull()
        if (task?.action.kind === 'exec') {
          const { command, arguments: args } = task.action
          const action: ExecAction = {
            kind: 'exec',
            id: null,
            command,
            arguments: args,
            workingDirectory: null,
            hideAppWindow: false,
          }
          expect(matchesInbox(task.path, [action]), path).toBe('same')
        }
      }
    },
  )

  test('what a task runs is that of its release', () => {
    expect(of('Defrag\\ScheduledDefrag', '10')?.action).toMatchObject({ arguments: '-c -h -o -$' })
    expect(of('Defrag\\ScheduledDefrag', '2016')?.action).toMatchObject({ arguments: '-c -h -k -g -$' })
  })

  test('a task of a group runs as whoever is logged on, and not highest unless Windows has it so', () => {
    expect(of('Wininet\\CacheTask', '11')?.principal).toMatchObject({
      userId: 'S-1-5-32-545',
      isGroup: true,
      highest: false,
    })
    expect(of('DiskCleanup\\SilentCleanup', '11')?.principal).toMatchObject({ isGroup: true, highest: true })
    expect(of('Time Synchronization\\SynchronizeTime', '10')?.principal).toMatchObject({ userId: 'S-1-5-19' })
  })

  test('automatic maintenance is of the settings, and the author is a resource', () => {
    const task = of('DiskCleanup\\SilentCleanup', '10')
    expect(task?.triggers).toEqual([])
    expect(task?.maintenance).toBe('P7D')
    expect(task?.author).toMatch(/^\$\(@%WINDIR%.*,-\d+\)$/)
  })
})
