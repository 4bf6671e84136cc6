import { runByAtexec } from '../attacks/remote.ts'
import { Host } from '../host/host.ts'
import { TaskService } from '../host/task-service.ts'
import { dailyTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'
import { planReboot } from '../ordinary/management.ts'
import type { Random } from '../random.ts'
import type { Change } from '../truth.ts'
import { backupAdmin, DOMAIN, FS01_ADDRESS, inbox, WS5_ADDRESS } from './example-network.ts'

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
  const worker = planReboot(host, tasks, dcomLaunch)
  host.wait(3000)
  host.exit(worker)
  host.at('2026-03-10T00:00:00Z')
  runFor(host, tasks, inbox.defrag, 240_000, 'maintenance')
  host.at('2026-03-10T01:00:00Z')
  runFor(host, tasks, vaultNightly, 1_320_000)
  host.at('2026-03-10T05:30:00Z')
  runFor(host, tasks, inbox.scheduleScan, 800)
  host.at('2026-03-10T13:21:26Z')
  const attack = runByAtexec(
    host,
    tasks,
    { user: backupAdmin, address: WS5_ADDRESS, port: '56594' },
    'kQzWvTyb',
    'whoami',
  )
  host.at('2026-03-11T01:00:00Z')
  runFor(host, tasks, vaultNightly, 1_280_000)
  return { host, tasks, attack }
}

function runFor(
  host: Host,
  tasks: TaskService,
  { path }: LabTask,
  milliseconds: number,
  kind: 'time' | 'maintenance' = 'time',
): void {
  const { finish } = tasks.run(path, { kind }, host.system)
  host.wait(milliseconds)
  finish()
}
