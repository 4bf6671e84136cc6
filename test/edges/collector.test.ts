import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { collectedLogs, fileOfLog } from '../../src/report/collector/collected.ts'
import { collectorForms, collectors } from '../../src/report/collector/index.ts'
import { promiseOf } from '../../src/sources/promise.ts'
import { laid, scanned } from '../scan-in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-collector-'))
afterAll(() => rmSync(folder, { recursive: true }))

const auditPolicy =
  'Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\nWS1,System,Logon,{0CCE9215-69AE-11D9-BED3-505054503030},Success,,1\r\n'

const print = (form: (typeof collectorForms)[number]) => [...collectors[form]()].join('')

test('every form collects every log of which something is read', () => {
  for (const log of collectedLogs) {
    expect(print('powershell')).toContain(`'${log}'`)
    for (const form of ['kape', 'velociraptor'] as const) expect(print(form)).toContain(fileOfLog(log))
  }
  for (const form of collectorForms) expect(print(form)).toMatch(/^[\n -~]*$/)
})

describe('the script', () => {
  const script = print('powershell')

  test('writes to the folder that is named alone', () => {
    const places = [
      ...script.matchAll(/(?:2>>|Out-File(?: -Append)?(?: -Encoding \w+)?|-FilePath|Export-Csv[^"]*) ("[^"]*"|\$\w+)/g),
    ]
    expect(places.length).toBeGreaterThan(8)
    for (const [, place] of places) expect(place).toMatch(/^(?:"\$kept[\\.]|\$errors$)/)
    expect(script).not.toMatch(
      /Set-|Start-|Register-|Enable-|Disable-|Invoke-|\/create|auditpol \/set|wevtutil (?:sl|cl)/i,
    )
    expect(script.match(/Remove-Item/g)).toHaveLength(1)
  })

  test('has quotes and brackets in pairs', () => {
    const code = script.replaceAll(/^#.*$/gm, '').replaceAll(/'[^'\n]*'/g, "''")
    for (const line of code.split('\n')) expect(line.split('"').length % 2).toBe(1)
    const bare = code.replaceAll(/"[^"\n]*"/g, '""')
    for (const [open, close] of ['()', '{}', '[]'])
      expect(bare.split(open as string).length).toBe(bare.split(close as string).length)
  })

  test('leaves records that are no finding: its text in PowerShell’s log, and the programs that it starts', async () => {
    const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    const event = (provider: string, channel: string, id: number, data: Record<string, string>) =>
      `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/><EventID>${id}</EventID><TimeCreated SystemTime="2024-05-01T12:00:00.0000000Z"/><EventRecordID>${id}</EventRecordID><Channel>${channel}</Channel><Computer>ws1</Computer></System><EventData>${Object.entries(
        data,
      )
        .map(([name, value]) => `<Data Name="${name}">${xml(value)}</Data>`)
        .join('')}</EventData></Event>`
    const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
    const started = [
      'reg save HKLM\\SOFTWARE E:\\x',
      'auditpol /get /category:* /r',
      'wevtutil epl Security E:\\x',
    ].map((CommandLine, i) =>
      event('Microsoft-Windows-Security-Auditing', 'Security', 4688, {
        ...{ SubjectUserSid: 'S-1-5-21-1-2-3-500', SubjectLogonId: '0x3e8', ProcessId: '0x100' },
        NewProcessId: `0x${500 + i}`,
        NewProcessName: `C:\\Windows\\System32\\${CommandLine.split(' ')[0]}.exe`,
        ...{ CommandLine, ParentProcessName: powershell },
      }),
    )
    const block = event('Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational', 4104, {
      ...{
        MessageNumber: '1',
        MessageTotal: '1',
        ScriptBlockText: script,
        ScriptBlockId: 'a',
        Path: 'E:\\collect.ps1',
      },
    })
    const path = laid(join(folder, 'own'), {
      'uploads/auto/C%3A/Windows/System32/winevt/Logs/Security.evtx': `<Events>${block}${started.join('')}</Events>`,
      'uploads/data/auditpol.csv': auditPolicy,
    })
    const { result } = await scanned(path)
    expect(result.tally.records).toBe(4)
    expect(result.chains).toEqual([])
    // what a program told Velociraptor is of the host whose files it took
    expect(result.fleet.hosts.map(({ host }) => host)).toEqual(['ws1'])
  })
})

test('KAPE’s target is YAML, and each of its files is one that is read', () => {
  const { Targets, Id } = parse(print('kape')) as { Targets: Record<string, string>[]; Id: string }
  expect(Id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  for (const { Path = '', FileMask = '', Name } of Targets) {
    expect(Path).toMatch(/^C:\\Windows\\.*\\$/)
    expect(promiseOf(`${Path}${FileMask.replace('*', 'x')}`), Name).not.toBeNull()
  }
})

test('Velociraptor’s artifact is YAML with a query in each source', () => {
  const artifact = parse(print('velociraptor')) as { name: string; sources: { name: string; query: string }[] }
  expect(artifact.name).toBe('Custom.Windows.TaskTrail')
  expect(artifact.sources.map(({ name }) => name)).toEqual(['Files', 'Settings', 'Host'])
  for (const { query } of artifact.sources) {
    expect(query).toMatch(/^ *SELECT /m)
    for (const [open, close] of ['()', '{}'])
      expect(query.split(open as string).length).toBe(query.split(close as string).length)
    expect(query.split("'").length % 2).toBe(1)
  }
})

test('what the collection holds besides is taken for nothing else', async () => {
  const path = laid(join(folder, 'kept'), {
    'auditpol.csv': auditPolicy,
    'log-settings.txt': '\ufeffname: Security\r\nenabled: true\r\n  maxSize: 20971520\r\n',
    'Windows/System32/Tasks/One':
      '<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>calc.exe</Command></Exec></Actions></Task>',
    'files-of-tasks.csv':
      '"Sddl","Written","File","Owner","Created"\r\n"O:BAG:SYD:(A;;FA;;;BA)","2024-05-01T12:00:00.0000000Z","C:\\Windows\\System32\\Tasks\\One","BUILTIN\\Administrators","2024-05-01T12:00:00.0000000Z"\r\n',
    'host.txt': '\ufeffcomputer: WS1\r\ndomain: corp\r\nzone: UTC\r\n',
    'clock.txt': '\ufeffLeap Indicator: 0(no warning)\r\nPhase Offset: 0.0012s\r\n',
    'errors.txt': '',
    SHA256SUMS: `${'ab'.repeat(32)}  auditpol.csv\r\n`,
  })
  const { result, problems } = await scanned(path)
  expect(problems).toEqual([])
  expect(result.inputs.map((name) => name.slice(path.length + 1))).toEqual([
    'Windows/System32/Tasks/One',
    'auditpol.csv',
    'log-settings.txt',
  ])
  expect(result.fleet.hosts).toHaveLength(1)
  expect(result.fleet.hosts[0]?.capabilities['kept-file'].state).toBe('seen')
})
