import * as security from '../event-catalogue/security.ts'
import { Host, type Process, type Session } from '../host/host.ts'
import { TaskService } from '../host/task-service.ts'
import { dailyTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'
import type { Random } from '../random.ts'
import type { Change } from '../truth.ts'
import { backupAdmin, DOMAIN, FS01_ADDRESS, inbox, WS5_ADDRESS } from './example-network.ts'

const SYSTEM32 = 'C:\\Windows\\System32\\'
const VAULT = 'C:\\Program Files\\Fabrikam\\Vault\\vaultbackup.exe'

const vaultNightly: LabTask = {
  path: '\\Fabrikam\\Vault Nightly',
  author: 'EXAMPLE\\adm-backup',
  date: '2025-11-04T15:20:11',
  triggers: dailyTrigger('2025-11-04T02:00:00'),
  principal: { id: 'Author', userId: 'S-1-5-18', highest: true },
  action: { kind: 'exec', command: VAULT, arguments: 'job --all', image: VAULT },
}

/** A file server without Sysmon: a nightly backup, Windows' update service at work, and a task made from another host. */
export function fileServer(random: Random): { host: Host; tasks: TaskService; attack: Change } {
  const host = new Host(
    {
      name: 'FS01.example.test',
      domain: DOMAIN,
      address: FS01_ADDRESS,
      utcOffsetHours: 1,
      boot: { time: '2026-03-09T04:58:40Z', count: 23 },
      channels: new Map([
        ['Security', 2_004_815],
        ['Microsoft-Windows-TaskScheduler/Operational', 41_660],
      ]),
    },
    random,
  )
  const { dcomLaunch, schedule } = host.bootServices()
  const tasks = new TaskService(host, schedule)
  for (const task of [inbox.defrag, inbox.scheduleScan, vaultNightly]) tasks.inherit(task)

  host.at('2026-03-09T05:30:00Z')
  runFor(host, tasks, inbox.scheduleScan, 700)
  planReboot(host, tasks, dcomLaunch)
  host.at('2026-03-10T00:00:00Z')
  runFor(host, tasks, inbox.defrag, 240_000)
  host.at('2026-03-10T01:00:00Z')
  runFor(host, tasks, vaultNightly, 1_320_000)
  host.at('2026-03-10T05:30:00Z')
  runFor(host, tasks, inbox.scheduleScan, 800)
  host.at('2026-03-10T13:21:26Z')
  const attack = runRemotely(host, tasks)
  host.at('2026-03-11T01:00:00Z')
  runFor(host, tasks, vaultNightly, 1_280_000)
  return { host, tasks, attack }
}

function runFor(host: Host, tasks: TaskService, { path }: LabTask, milliseconds: number): void {
  const { finish } = tasks.run(path, { kind: 'time' }, host.system)
  host.wait(milliseconds)
  finish()
}

/** The update service registers a task and takes it back within a second. */
function planReboot(host: Host, tasks: TaskService, dcomLaunch: Process): void {
  const image = 'C:\\Windows\\System32\\MoUsoCoreWorker.exe'
  const worker = host.start(dcomLaunch, image, 'C:\\Windows\\System32\\mousocoreworker.exe -Embedding')
  const by = { session: host.system, process: worker, route: 'com' } as const
  const task: LabTask = {
    path: '\\Microsoft\\Windows\\UpdateOrchestrator\\Reboot_AC',
    author: null,
    date: null,
    triggers: dailyTrigger('2026-03-10T03:00:00'),
    principal: { id: 'Author', userId: 'S-1-5-18', highest: true },
    action: {
      kind: 'exec',
      command: '%systemroot%\\system32\\MusNotification.exe',
      arguments: 'RebootDialog',
      image: `${SYSTEM32}MusNotification.exe`,
    },
  }
  host.wait(400)
  tasks.register(task, by)
  host.wait(620)
  tasks.remove(task.path, by)
  host.wait(3000)
  host.exit(worker)
}

/**
 * What impacket's atexec leaves: create, run, delete in a quarter of a second, then read the output over the share.
 * The task belongs to a second logon, of which Windows knows no address. Timeline after a real record of Server 2016.
 */
function runRemotely(host: Host, tasks: TaskService): Change {
  const name = 'kQzWvTyb'
  const port = '56594'
  const first = host.networkLogOn(backupAdmin, WS5_ADDRESS, port)
  host.wait(5)
  readShare(host, first, port, { share: 'IPC$', localPath: '', target: 'atsvc', mask: 3, rights: ['%%4416', '%%4417'] })
  host.wait(13)
  const second = host.networkLogOn(backupAdmin, '-', '-')
  host.wait(6)
  const by = { session: second, process: null, route: 'rpc-remote' } as const
  const task: LabTask = {
    path: `\\${name}`,
    author: null,
    date: null,
    triggers: dailyTrigger('2015-07-15T20:35:13.2757294'),
    principal: { id: 'LocalSystem', userId: 'S-1-5-18', highest: true, logonType: 'InteractiveToken' },
    hidden: true,
    action: {
      kind: 'exec',
      command: 'cmd.exe',
      arguments: `/C whoami > %windir%\\Temp\\${name}.tmp 2>&1`,
      image: `${SYSTEM32}cmd.exe`,
    },
  }
  const change = tasks.register(task, by)
  host.wait(5)
  const { process, finish } = tasks.run(task.path, { kind: 'user', user: second.user }, host.system)
  host.openConsole(process)
  host.wait(6)
  tasks.remove(task.path, by)
  const output = { share: 'ADMIN$', localPath: '\\??\\C:\\Windows', target: `Temp\\${name}.tmp` }
  host.wait(8)
  readShare(host, first, port, { ...output, mask: 1, rights: ['%%4416'] })
  host.wait(3)
  host.runConsole(process, `${SYSTEM32}whoami.exe`, 'whoami  ', 35) // started after its task is gone
  finish()
  host.wait(3010)
  readShare(host, first, port, { ...output, mask: 0x1_0081, rights: ['%%1537', '%%4416', '%%4423'] })
  return change
}

function readShare(
  host: Host,
  subject: Session,
  port: string,
  access: { share: string; localPath: string; target: string; mask: number; rights: readonly string[] },
): void {
  const written = host.written(host.kernel.pid)
  const share = `\\\\*\\${access.share}`
  host.logs.record(security.shareAccessed(written, { ...access, subject, address: WS5_ADDRESS, port, share }))
}
