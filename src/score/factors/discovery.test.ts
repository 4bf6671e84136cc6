import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { discovery } from './discovery.ts'

/** The weight of a task that starts `action` and of whose run these processes were seen. */
function bitsOf(action: string | null, ...processes: Partial<RunProcess>[]): number {
  const chain = {
    host: 'ws5',
    change: null,
    definition: null,
    statedAction: action,
    statedRunAs: null,
    runs: [{ processes }],
    circumstances: [],
  } as unknown as Chain
  return discovery.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

const ran = (image: string, commandLine: string | null = null): Partial<RunProcess> => ({
  depth: 1,
  image,
  commandLine,
})

test('one look around is worth three bits, and each further tool one more, up to six', () => {
  const tools = ['whoami', 'nltest', 'systeminfo', 'quser', 'klist'].map((name) =>
    ran(`C:\\Windows\\System32\\${name}.exe`),
  )
  expect(bitsOf('x', ...tools.slice(0, 1))).toBe(3)
  expect(bitsOf('x', ...tools.slice(0, 2))).toBe(4)
  expect(bitsOf('x', ...tools)).toBe(6)
})

test('the same tool ten times is one tool', () => {
  expect(bitsOf('x', ...Array.from({ length: 10 }, () => ran('WHOAMI.EXE')))).toBe(3)
})

test.each([
  ['net  group "Domain Admins" /domain'],
  ['"C:\\Windows\\System32\\net.exe" USER'],
  ['net localgroup administrators'],
])('net looks around with %s', (commandLine) => {
  expect(bitsOf('x', ran('C:\\Windows\\System32\\net.exe', commandLine))).toBe(3)
})

test('a tool whose command line nobody recorded counts', () => {
  expect(bitsOf('x', ran('C:\\Windows\\System32\\net.exe'))).toBe(3)
})

test.each([
  ['net.exe', 'net use Z: \\\\server\\share /user:CORP\\backup'],
  ['net.exe', 'net stop spooler'],
  ['net1.exe', 'C:\\Windows\\system32\\net1 start spooler'],
  ['ipconfig.exe', 'ipconfig /flushdns'],
  ['ipconfig.exe', 'ipconfig.exe /registerdns'],
  ['route.exe', 'route add 10.0.0.0 mask 255.0.0.0 192.0.2.1'],
  ['robocopy.exe', 'robocopy D:\\a E:\\b /mir'],
])('%s as scripts of administrators use it says nothing: %s', (image, commandLine) => {
  expect(bitsOf('x', ran(`C:\\Windows\\System32\\${image}`, commandLine))).toBe(0)
})

test('an action that was never seen to run has looked at nothing', () => {
  expect(bitsOf('whoami.exe')).toBe(0)
})
