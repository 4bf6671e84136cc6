import * as security from '../event-catalogue/security.ts'
import { SYSTEM32, TASKSCHD } from '../fleet/ways.ts'
import { later, localTime } from '../host/clock.ts'
import type { Host, Session, User } from '../host/host.ts'
import type { TaskService } from '../host/task-service.ts'
import { dailyTrigger, onceTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'
import type { Change } from '../truth.ts'
import type { Attack } from './attack.ts'
import { asSystem, cmd, implant, runs } from './steps.ts'

function readShare(
  host: Host,
  subject: Session,
  address: string,
  port: string,
  access: { share: string; localPath: string; target: string; mask: number; rights: readonly string[] },
): void {
  const written = host.written(host.kernel.pid)
  const share = `\\\\*\\${access.share}`
  host.logs.record(security.shareAccessed(written, { ...access, subject, address, port, share }))
}

/**
 * What impacket's atexec leaves: create, run, delete in a quarter of a second, then read the output over the share.
 * The task belongs to a second logon, of which Windows knows no address. Timeline after a real record of Server 2016.
 */
export function runByAtexec(
  host: Host,
  tasks: TaskService,
  from: { readonly user: User; readonly address: string; readonly port: string },
  name: string,
  command: string,
): Change {
  const { user, address, port } = from
  const first = host.networkLogOn(user, address, port)
  host.wait(5)
  const pipe = { share: 'IPC$', localPath: '', target: 'atsvc', mask: 3, rights: ['%%4416', '%%4417'] }
  readShare(host, first, address, port, pipe)
  host.wait(13)
  const second = host.networkLogOn(user, '-', '-')
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
      arguments: `/C ${command} > %windir%\\Temp\\${name}.tmp 2>&1`,
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
  readShare(host, first, address, port, { ...output, mask: 1, rights: ['%%4416'] })
  host.wait(3)
  const program = command.split(' ')[0] ?? command
  host.runConsole(process, `${SYSTEM32}${program}.exe`, `${command}  `, 35) // started after its task is gone
  finish()
  host.wait(3010)
  readShare(host, first, address, port, { ...output, mask: 0x1_0081, rights: ['%%1537', '%%4416', '%%4423'] })
  return change
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

export const atexec: Attack = {
  name: 'atexec',
  variants: ['whoami', 'ipconfig'],
  technique: 'T1053.005',
  does: 'runs a command on another host through a task that lives for a moment, and reads its output over the share',
  shownBy: '4698, 4699 with client id 0, 4624 and 5145 on the target; nothing on the source but the connection',
  plan(scene) {
    const { target, source, admin, random, variant, claim } = scene
    const name = Array.from({ length: 8 }, () => letters[random.whole(0, letters.length - 1)]).join('')
    const address = source.host.options.address
    target.agenda.plan(scene.start, () => {
      const from = { user: admin, address, port: String(random.whole(49_700, 60_000)) }
      claim(runByAtexec(target.host, target.tasks, from, name, variant), { remoteSource: address })
    })
  },
}

/** Atomic Red Team T1053.005 test 3. */
export const schtasksRemote: Attack = {
  name: 'schtasks-remote',
  variants: ['create-and-run'],
  technique: 'T1053.005',
  does: 'creates a task on another host with schtasks /s and starts it from there',
  shownBy: 'on the source the command lines, on the target 4624 and 4698 with client id 0',
  plan(scene) {
    const { target, source, random, claim } = scene
    const address = source.host.options.address
    const port = String(random.whole(49_700, 60_000))
    const task = {
      path: '\\Atomic task',
      triggers: onceTrigger('2026-03-09T20:10:00'),
      principal: asSystem,
      action: cmd('/c C:\\Windows\\Temp\\r.bat'),
    }
    const wanted = target.host.shortName
    const caller: User = scene.admin
    source.agenda.plan(scene.start, () => {
      const { host } = source
      const { explorer } = host.logOnRemotely(caller, '198.18.201.77')
      const shell = host.start(explorer, `${SYSTEM32}cmd.exe`, '"C:\\Windows\\system32\\cmd.exe"')
      host.openConsole(shell)
      const create = `schtasks  /create /s ${wanted} /tn "Atomic task" /tr "cmd.exe /c C:\\Windows\\Temp\\r.bat" /sc once /st 20:10 /ru SYSTEM`
      for (const [commandLine, wait] of [
        [create, 900],
        [`schtasks  /run /s ${wanted} /tn "Atomic task"`, 400],
      ] as const) {
        const tool = host.start(shell, `${SYSTEM32}schtasks.exe`, commandLine)
        host.wait(60)
        host.loadModule(tool, TASKSCHD)
        host.connect(tool, target.host.options.address, 135)
        host.wait(wait)
        host.exit(tool)
        host.wait(4000 - wait)
      }
      host.exit(shell)
    })
    target.agenda.plan(later(scene.start, 350), () => {
      const { host, tasks } = target
      const session = host.networkLogOn(caller, address, port)
      host.wait(60)
      const by = { session, process: null, route: 'rpc-remote' } as const
      const registered: LabTask = {
        ...task,
        author: `${caller.domain}\\${caller.name}`,
        date: localTime(host.now, host.options.utcOffsetHours),
      }
      claim(tasks.register(registered, by), { remoteSource: address })
      target.agenda.plan(later(host.now, 4100), () => {
        runs(target, task.path, { kind: 'user', user: session.user }, host.system, (process) =>
          implant(target, process),
        )
        target.agenda.plan(later(host.now, 9000), () => host.logOff(session))
      })
    })
  },
}
