import { localTime } from '../host/clock.ts'
import type { Process, Session } from '../host/host.ts'
import type { LabTask } from '../host/task-xml.ts'
import type { Change } from '../truth.ts'
import type { Stage } from './stage.ts'

export const SYSTEM32 = 'C:\\Windows\\System32\\'
export const TASKSCHD = `${SYSTEM32}taskschd.dll`
export const POWERSHELL = `${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe`

/** How schtasks fills in what the command line does not say: the author is the caller, the date is now. */
export function stamped(stage: Stage, session: Session, task: Omit<LabTask, 'author' | 'date'>): LabTask {
  const { host } = stage
  return {
    ...task,
    author: `${session.domain}\\${session.name}`,
    date: localTime(host.now, host.options.utcOffsetHours),
  }
}

/** Runs schtasks.exe, which loads the COM library; `act` is what the service does for it. */
export function withSchtasks<T>(stage: Stage, parent: Process, commandLine: string, act: (tool: Process) => T): T {
  const { host } = stage
  const tool = host.start(parent, `${SYSTEM32}schtasks.exe`, commandLine)
  host.wait(45)
  host.loadModule(tool, TASKSCHD)
  const result = act(tool)
  host.wait(20)
  host.exit(tool)
  return result
}

/** `schtasks /create`, as a child of a shell or an installer. */
export function bySchtasks(
  stage: Stage,
  parent: Process,
  commandLine: string,
  task: Omit<LabTask, 'author' | 'date'>,
): Change {
  return withSchtasks(stage, parent, commandLine, (tool) =>
    stage.tasks.register(stamped(stage, tool.session, task), {
      session: tool.session,
      process: tool,
      route: 'schtasks',
    }),
  )
}

/** A program that uses the COM interface itself. */
export function byProgram(stage: Stage, process: Process, task: LabTask): Change {
  stage.host.loadModule(process, TASKSCHD)
  stage.host.wait(30)
  return stage.tasks.register(task, { session: process.session, process, route: 'com' })
}

/**
 * The cmdlets of the ScheduledTasks module go through WMI: the caller of the service is a WmiPrvSE that acts for the user, and
 * PowerShell's own log has the script. The module leaves author and date out.
 */
export function byCmdlets(stage: Stage, powershell: Process, script: string, task: LabTask): Change {
  const { host, tasks, services } = stage
  const logged = host.runScript(powershell, script)
  host.wait(300)
  const provider = host.start(
    services.dcomLaunch,
    `${SYSTEM32}wbem\\WmiPrvSE.exe`,
    'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    host.system,
  )
  host.wait(120)
  host.loadModule(provider, TASKSCHD)
  const by = { session: powershell.session, process: provider, behind: powershell, route: 'powershell' } as const
  const change = tasks.has(task.path) ? tasks.update(task, by) : tasks.register(task, by)
  change.evidence.push(logged)
  host.wait(900)
  host.exit(provider)
  return change
}
