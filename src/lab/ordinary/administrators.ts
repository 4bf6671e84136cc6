import type { HostPlan } from '../fleet/host-plan.ts'
import { once, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { byCmdlets, byProgram, bySchtasks, POWERSHELL, SYSTEM32, stamped } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import type { Process, Session } from '../host/host.ts'
import { dailyTrigger } from '../host/task-triggers.ts'

const asMachine = { id: 'Author', userId: 'S-1-5-18', highest: true } as const

/** An administrator logs on to a server over remote desktop for a while. */
function visit(stage: Stage, plan: HostPlan, work: (shell: Process, session: Session) => void): void {
  const [admin] = plan.users
  if (!admin) return
  const { host } = stage
  const { session, explorer } = host.logOnRemotely(admin, `198.18.200.${host.random.whole(2, 250)}`)
  host.wait(30_000)
  work(explorer, session)
  stage.agenda.plan(later(host.now, 900_000), () => host.logOff(session))
}

/** A script for maintenance, scheduled with schtasks from a command prompt, and tried at once. */
export const maintenanceScript: Story = (stage, life) => {
  if (life.plan.kind === 'workstation') return
  once(stage, life, () =>
    visit(stage, life.plan, (shell) => {
      const { host } = stage
      const path = '\\Maintenance\\Rotate logs'
      const cmd = host.start(shell, `${SYSTEM32}cmd.exe`, '"C:\\Windows\\system32\\cmd.exe"')
      host.openConsole(cmd)
      host.wait(12_000)
      const script = 'D:\\Scripts\\rotate-logs.cmd'
      const commandLine = `schtasks  /create /tn "${path.slice(1)}" /tr "${script}" /sc daily /st 03:00 /ru SYSTEM`
      bySchtasks(stage, cmd, commandLine, {
        path,
        triggers: dailyTrigger('2026-03-10T03:00:00'),
        principal: { id: 'Author', userId: 'S-1-5-18', highest: false },
        action: { kind: 'exec', command: script, arguments: '', image: `${SYSTEM32}cmd.exe` },
      })
      host.wait(8000)
      host.exit(cmd)
    }),
  )
}

/** The same with PowerShell's cmdlets. */
export const reportTask: Story = (stage, life) => {
  if (life.plan.kind !== 'server') return
  once(stage, life, () =>
    visit(stage, life.plan, (shell) => {
      const { host } = stage
      const powershell = host.start(shell, POWERSHELL, `"${POWERSHELL}"`)
      host.openConsole(powershell)
      host.wait(9000)
      const script =
        "$a = New-ScheduledTaskAction -Execute 'C:\\Program Files\\Contoso\\Reports\\report.exe' -Argument '/weekly'\n" +
        "$t = New-ScheduledTaskTrigger -Daily -At 6am\nRegister-ScheduledTask -TaskName 'Weekly report' -Action $a -Trigger $t -User SYSTEM"
      const image = 'C:\\Program Files\\Contoso\\Reports\\report.exe'
      byCmdlets(stage, powershell, script, {
        path: '\\Weekly report',
        author: null,
        date: null,
        triggers: dailyTrigger('2026-03-10T06:00:00'),
        principal: asMachine,
        action: { kind: 'exec', command: image, arguments: '/weekly', image },
      })
      host.wait(5000)
      host.exit(powershell)
      stage.agenda.plan(later(host.now, 20 * 3_600_000), () =>
        runTask(stage, '\\Weekly report', { kind: 'time' }, { session: host.system, milliseconds: 4000 }),
      )
    }),
  )
}

/** And with the console. */
export const consoleTask: Story = (stage, life) => {
  if (life.plan.kind !== 'server' || life.random.next() > 0.5) return
  once(stage, life, () =>
    visit(stage, life.plan, (shell, session) => {
      const { host } = stage
      const commandLine = '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\taskschd.msc" /s'
      const console = host.start(shell, `${SYSTEM32}mmc.exe`, commandLine)
      host.wait(40_000)
      const image = 'C:\\Program Files\\Contoso\\Sync\\sync.exe'
      const task = stamped(stage, session, {
        path: '\\Sync with branch',
        triggers: dailyTrigger('2026-03-10T22:00:00'),
        principal: asMachine,
        action: { kind: 'exec', command: image, arguments: '--branch 7', image },
      })
      byProgram(stage, console, task)
      host.wait(20_000)
      host.exit(console)
    }),
  )
}
