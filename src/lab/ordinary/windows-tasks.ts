import type { HostKind } from '../fleet/host-plan.ts'
import { daily, every, type Life, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { dailyTrigger, idleTrigger, type LabTaskTrigger, logonTrigger } from '../host/task-triggers.ts'
import type { LabAction, LabTask } from '../host/task-xml.ts'

const S32 = 'C:\\Windows\\System32\\'
const exec = (file: string, args = ''): LabAction => ({
  kind: 'exec',
  command: `%windir%\\system32\\${file}`,
  arguments: args,
  image: S32 + file,
})
const handler = (classId: string, name: string): LabAction => ({ kind: 'com-handler', classId: `{${classId}}`, name })

interface WindowsTask {
  readonly path: string
  readonly action: LabAction
  readonly triggers: readonly LabTaskTrigger[]
  readonly when: { readonly hour: number } | { readonly everyHours: number }
  readonly seconds: number
  readonly on?: HostKind
}

const daytime = dailyTrigger('2008-09-01T03:00:00')

/**
 * Tasks that come with Windows and run on every host. Paths, programs and classes are those of Windows 10 and later; when
 * they run and for how long is the lab's choice.
 * Source: TaskContent of real 4698 and 4702 events; TasksWhite.csv of github.com/dragokas/hijackthis.
 */
const windowsTasks: readonly WindowsTask[] = [
  {
    path: 'Defrag\\ScheduledDefrag',
    action: exec('defrag.exe', '-c -h -k -g -$'),
    triggers: daytime,
    when: { hour: 1 },
    seconds: 400,
  },
  {
    path: 'UpdateOrchestrator\\Schedule Scan',
    action: exec('usoclient.exe', 'StartScan'),
    triggers: daytime,
    when: { everyHours: 11 },
    seconds: 1,
  },
  {
    path: 'Windows Error Reporting\\QueueReporting',
    action: exec('wermgr.exe', '-upload'),
    triggers: daytime,
    when: { everyHours: 9 },
    seconds: 3,
  },
  {
    path: 'Application Experience\\Microsoft Compatibility Appraiser',
    action: exec('compattelrunner.exe'),
    triggers: daytime,
    when: { hour: 3 },
    seconds: 90,
  },
  {
    path: 'Customer Experience Improvement Program\\Consolidator',
    action: exec('wsqmcons.exe'),
    triggers: daytime,
    when: { everyHours: 6 },
    seconds: 2,
  },
  {
    path: 'DiskCleanup\\SilentCleanup',
    action: exec('cleanmgr.exe', '/autoclean /d C:'),
    triggers: idleTrigger,
    when: { hour: 12 },
    seconds: 40,
    on: 'workstation',
  },
  {
    path: 'Time Synchronization\\SynchronizeTime',
    action: exec('sc.exe', 'start w32time task_started'),
    triggers: daytime,
    when: { hour: 2 },
    seconds: 1,
  },
  {
    path: 'WindowsUpdate\\Scheduled Start',
    action: exec('sc.exe', 'start wuauserv'),
    triggers: daytime,
    when: { everyHours: 20 },
    seconds: 1,
  },
  {
    path: 'Device Information\\Device',
    action: exec('devicecensus.exe', 'SystemCxt'),
    triggers: daytime,
    when: { hour: 4 },
    seconds: 6,
  },
  {
    path: 'Autochk\\Proxy',
    action: exec('rundll32.exe', '/d acproxy.dll,PerformAutochkOperations'),
    triggers: daytime,
    when: { hour: 5 },
    seconds: 1,
  },
  {
    path: 'Diagnosis\\Scheduled',
    action: handler('C1F85EF8-BCC2-4606-BB39-70C523715EB3', 'Microsoft Windows Diagnosis'),
    triggers: daytime,
    when: { hour: 2 },
    seconds: 20,
  },
  {
    path: 'Registry\\RegIdleBackup',
    action: handler('CA767AA8-9157-4604-B64B-40747123D5F2', 'Registry Idle Backup Task'),
    triggers: daytime,
    when: { hour: 1 },
    seconds: 5,
  },
  {
    path: 'LanguageComponentsInstaller\\Installation',
    action: handler('6F58F65F-EC0E-4ACA-99FE-FC5A1A25E4BE', 'Language Components Installer'),
    triggers: daytime,
    when: { hour: 8 },
    seconds: 4,
    on: 'workstation',
  },
  {
    path: 'CertificateServicesClient\\UserTask',
    action: handler('58FB76B9-AC85-4E55-AC04-427593B1D060', 'Certificate Services Client Task Handler'),
    triggers: logonTrigger,
    when: { hour: 9 },
    seconds: 2,
  },
  {
    path: 'Chkdsk\\ProactiveScan',
    action: handler('CF4270F5-2E43-4468-83B3-A8C45BB33EA1', 'Proactive Scan'),
    triggers: daytime,
    when: { hour: 2 },
    seconds: 10,
  },
  {
    path: 'Wininet\\CacheTask',
    action: handler('0358B920-0AC7-461F-98F4-58E32CD89148', 'Wininet Cache task object'),
    triggers: logonTrigger,
    when: { hour: 9 },
    seconds: 300,
    on: 'workstation',
  },
]

const definition = ({ path, action, triggers }: WindowsTask): LabTask => ({
  path: `\\Microsoft\\Windows\\${path}`,
  author: 'Microsoft Corporation',
  date: null,
  triggers,
  principal: { id: 'Author', userId: 'S-1-5-18', highest: true },
  action,
})

/** Windows' own tasks at their times. */
export const windowsOwnTasks: Story = (stage: Stage, life: Life) => {
  for (const one of windowsTasks) {
    if (one.on && one.on !== life.plan.kind) continue
    const task = definition(one)
    stage.tasks.inherit(task)
    const cause = {
      kind: one.triggers === idleTrigger ? 'idle' : one.triggers === logonTrigger ? 'logon' : 'time',
    } as const
    const run = () => runTask(stage, task.path, cause, stage.host.system, one.seconds * 1000)
    if ('hour' in one.when) daily(stage, life, one.when.hour, 50, run)
    else every(stage, life, one.when.everyHours, run)
  }
}
