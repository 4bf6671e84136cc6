import { Host } from '../host/host.ts'
import { TaskService } from '../host/task-service.ts'
import type { Random } from '../random.ts'
import { DC01_ADDRESS, DOMAIN, inbox, keller, rossi, WS5_ADDRESS } from './example-network.ts'

/** A domain controller on which nothing happens but Windows' own tasks and logons over the network. */
export function domainController(random: Random): { host: Host; tasks: TaskService } {
  const host = new Host(
    {
      name: 'DC01.example.test',
      domain: DOMAIN,
      address: DC01_ADDRESS,
      utcOffsetHours: 1,
      boot: { time: '2026-03-09T04:31:22Z', count: 31 },
      channels: new Map([
        ['Security', 7_310_466],
        ['Microsoft-Windows-TaskScheduler/Operational', 58_201],
      ]),
    },
    random,
  )
  const { schedule } = host.bootServices()
  const tasks = new TaskService(host, schedule)
  for (const task of [inbox.defrag, inbox.scheduleScan]) tasks.inherit(task)
  for (const day of ['2026-03-09', '2026-03-10', '2026-03-11']) {
    host.at(`${day}T05:00:00Z`)
    const scan = tasks.run(inbox.scheduleScan.path, { kind: 'time' }, host.system)
    host.wait(850)
    scan.finish()
    host.at(`${day}T07:10:31Z`)
    host.networkLogOn(day === '2026-03-09' ? rossi : keller, WS5_ADDRESS, String(host.random.whole(49_700, 60_000)))
  }
  return { host, tasks }
}
