import { describe, expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { commandTemplate, pathTemplate } from '../../model/canonical/index.ts'
import { asMade, ofMade, thingsOf } from './things.ts'

describe('what differs between hosts is generalised', () => {
  test.each([
    ['C:\\Users\\bob\\AppData\\Local\\V\\1.2.3\\v.exe', '%userprofile%\\appdata\\local\\v\\{version}\\v.exe'],
    ['C:\\Windows\\System32\\cmd.exe', '%systemroot%\\system32\\cmd.exe'],
    ['C:\\a\\{0F1C0AC1-C73C-4D2B-8E4F-7E3B9A9C1F2E}\\b.exe', '%systemdrive%\\a\\{guid}\\b.exe'],
  ])('%s', (path, template) => {
    expect(pathTemplate(path)).toBe(template)
  })

  test.each([
    ['"C:\\V\\v.exe" --id 4711 --on 2026-03-10', '%systemdrive%\\v\\v.exe --id # --on #-#-#'],
    ['x.exe 0123456789abcdef0123', 'x.exe {hex}'],
    ['x.exe %TEMP%\\a 10.0.0.7', 'x.exe %userprofile%\\appdata\\local\\temp\\a {version}'],
  ])('%s', (line, template) => {
    expect(commandTemplate(line)).toBe(template)
  })
})

describe('what a chain teaches', () => {
  const chain = madeChain({
    taskPath: '\\Sync of bob',
    statedAction: 'cmd /c C:\\Tool\\sync.cmd /all',
    change: {
      route: 'schtasks',
      time: Date.UTC(2026, 5, 6, 9),
      actor: {
        user: 'CORP\\bob',
        sid: 'S-1-5-21-1-2-3-1001',
        process: {
          image: 'C:\\Windows\\System32\\schtasks.exe',
          ancestry: [{ image: 'C:\\Windows\\System32\\cmd.exe' }],
        },
      },
    },
    runs: [
      {
        processes: [
          { pid: 8, image: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd /c C:\\Tool\\sync.cmd /all' },
          { pid: 9, parentPid: 8, depth: 1, image: 'C:\\Windows\\System32\\conhost.exe' },
          { pid: 10, parentPid: 8, depth: 1, image: 'C:\\Windows\\System32\\robocopy.exe' },
        ],
      },
    ],
  })

  test('programs, commands and tasks without the names of users; who starts whom; who made it, how and when', () => {
    const { action, offspring, maker, isMade } = thingsOf(chain)
    expect(action).toEqual([
      { kind: 'program', key: '%systemdrive%\\tool\\sync.cmd' },
      { kind: 'program', key: '%systemroot%\\system32\\cmd.exe' },
      { kind: 'command', key: 'cmd /c %systemdrive%\\tool\\sync.cmd /all' },
      { kind: 'task', key: '\\sync of {user} runs %systemdrive%\\tool\\sync.cmd' },
      { kind: 'task', key: '\\sync of {user} runs %systemroot%\\system32\\cmd.exe' },
    ])
    expect(offspring).toEqual([
      { kind: 'child', key: '%systemroot%\\system32\\cmd.exe starts %systemroot%\\system32\\robocopy.exe' },
    ])
    expect(maker).toEqual([
      { kind: 'maker', key: 'schtasks.exe of cmd.exe by schtasks' },
      { kind: 'user', key: 'corp\\bob by schtasks' },
      { kind: 'hour', key: 'corp\\bob weekend 8-12' },
    ])
    expect(isMade).toBe(true)
  })

  test('what software makes for the user as whom it runs is not made by hand', () => {
    const image = 'C:\\Users\\bob\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe'
    const own = madeChain({ change: { actor: { user: 'CORP\\bob', sid: 'S-1-5-21-1-2-3-1001', process: { image } } } })
    expect(thingsOf(own)).toMatchObject({ maker: [], isMade: false })
  })

  test('a COM handler is known by its class', () => {
    const classId = '{A6BA00FE-40E8-477C-B713-C64A14F18ADB}'
    const handler = madeChain({ taskPath: '\\T', definition: { actions: [{ kind: 'com-handler', classId }] } })
    expect(thingsOf(handler).action).toEqual([
      { kind: 'program', key: `com-handler ${classId.toLowerCase()}` },
      { kind: 'task', key: `\\t runs com-handler ${classId.toLowerCase()}` },
    ])
  })

  test('what Windows changes itself has no maker', () => {
    const { maker, isMade } = thingsOf(madeChain({ change: { actor: { user: 'WS1$', sid: 'S-1-5-18' } } }))
    expect({ maker, isMade }).toEqual({ maker: [], isMade: false })
  })

  test('a thing that a person made is told back', () => {
    for (const thing of thingsOf(chain).action) expect(ofMade(asMade(thing))).toEqual(thing)
  })
})
