import type { Route } from '../model/chain.ts'

/** What a test leaves, without host and time. */
export interface PresetCase {
  readonly name: string
  readonly task: string | null
  readonly command: string | null
  readonly route: Route | null
  readonly ran: boolean | null
}

const test = (
  name: string,
  task: string | null,
  route: Route | null,
  command: string | null = null,
  ran: boolean | null = null,
): PresetCase => ({ name, task, command, route, ran })

/**
 * The tests of Atomic Red Team that this analytic is about: names of tasks, routes and telling parts of commands are facts of the
 * tests with their default arguments. Whether their tasks run depends on when the tester stops, so it is left open.
 * Source: https://github.com/redcanaryco/atomic-red-team, atomics T1053.005 and T1053.002
 */
export const presets: Readonly<Record<string, readonly PresetCase[]>> = {
  'atomic-T1053.005': [
    test('T1053.005-1 Scheduled Task Startup Script (logon)', 'T1053_005_OnLogon', 'schtasks'),
    test('T1053.005-1 Scheduled Task Startup Script (start)', 'T1053_005_OnStartup', 'schtasks'),
    test('T1053.005-2 Scheduled task Local', 'spawn', 'schtasks'),
    test('T1053.005-3 Scheduled task Remote', 'Atomic task', null),
    test('T1053.005-4 Powershell Cmdlet Scheduled Task', 'AtomicTask', 'powershell'),
    test('T1053.005-5 Task Scheduler via VBA', 'Run Notepad', null),
    test('T1053.005-6 WMI Invoke-CimMethod Scheduled Task', 'T1053_005_WMI', null),
    test('T1053.005-7 Scheduled Task Executing Base64 Encoded Commands From Registry', 'ATOMIC-T1053.005', 'schtasks'),
    test('T1053.005-8 Import XML Schedule Task with Hidden Attribute', 'atomic red team', null),
    test('T1053.005-9 PowerShell Modify A Scheduled Task', 'AtomicTaskModifed', null),
    test('T1053.005-10 Scheduled Task ("Ghost Task") via Registry Key Manipulation', 'lilghostie', 'registry'),
    test('T1053.005-11 Scheduled Task Persistence via CompMgmt.msc', 'CompMgmtBypass', 'schtasks'),
    test('T1053.005-12 Scheduled Task Persistence via Eventviewer.msc', 'EventViewerBypass', 'schtasks'),
  ],
  'atomic-T1053.002': [test('T1053.002-1 At.exe Scheduled task', null, 'at', 'cmd')],
}
