import { asSystem, daily, every, once, ownGuid, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { byProgram, bySchtasks, SYSTEM32, TASKSCHD } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import type { Host, Process } from '../host/host.ts'
import type { TaskService } from '../host/task-service.ts'
import { dailyTrigger, hourlyTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'

const asMachine = { id: 'Author', userId: 'S-1-5-18', highest: true } as const
const exec = (image: string, args = '') => ({ kind: 'exec', command: image, arguments: args, image }) as const

/** The update service registers a task for a reboot and takes it back within a second; returns its process. */
export function planReboot(host: Host, tasks: TaskService, dcomLaunch: Process): Process {
  const image = `${SYSTEM32}MoUsoCoreWorker.exe`
  const worker = host.start(dcomLaunch, image, 'C:\\Windows\\System32\\mousocoreworker.exe -Embedding')
  const task: LabTask = {
    path: '\\Microsoft\\Windows\\UpdateOrchestrator\\Reboot_AC',
    author: null,
    date: null,
    triggers: dailyTrigger('2026-03-10T03:00:00'),
    principal: asMachine,
    action: {
      kind: 'exec',
      command: '%systemroot%\\system32\\MusNotification.exe',
      arguments: '/RunOnAC RebootDialog',
      image: `${SYSTEM32}MusNotification.exe`,
    },
  }
  host.wait(400)
  host.loadModule(worker, TASKSCHD)
  tasks.register(task, asSystem(host, worker))
  host.wait(620)
  tasks.remove(task.path, asSystem(host, worker))
  return worker
}

export const updateOrchestrator: Story = (stage, life) => {
  once(stage, life, () => {
    const worker = planReboot(stage.host, stage.tasks, stage.services.dcomLaunch)
    stage.agenda.plan(later(stage.host.now, 3000), () => stage.host.exit(worker))
  })
}

const CCM = 'C:\\Windows\\CCM\\'

/** Configuration Manager: its agent keeps a task that checks the agent itself. */
export const configurationManager: Story = (stage, life) => {
  const task: LabTask = {
    path: '\\Microsoft\\Configuration Manager\\Configuration Manager Health Evaluation',
    author: null,
    date: '2025-06-11T08:00:00',
    triggers: dailyTrigger('2025-06-11T00:34:00'),
    principal: asMachine,
    action: exec(`${CCM}ccmeval.exe`),
  }
  stage.tasks.inherit(task)
  daily(stage, life, 0.6, 60, () =>
    runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 30_000 }),
  )
}

/** Intune: tasks named by the enrolment, which start the enroller. */
export const intune: Story = (stage, life) => {
  if (life.plan.kind !== 'workstation') return
  const enrolment = ownGuid(life)
  const task: LabTask = {
    path: `\\Microsoft\\Windows\\EnterpriseMgmt\\${enrolment}\\Schedule #3 created by enrollment client`,
    author: 'Microsoft Corporation',
    date: null,
    triggers: hourlyTrigger('2025-11-03T09:00:00'),
    principal: asMachine,
    action: {
      kind: 'exec',
      command: '%windir%\\system32\\deviceenroller.exe',
      arguments: `/o "${enrolment.slice(1, -1)}" /c /b`,
      image: `${SYSTEM32}deviceenroller.exe`,
    },
  }
  stage.tasks.inherit(task)
  every(stage, life, 8, () =>
    runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 6000 }),
  )
}

/** A group policy replaces its task at every refresh; the policy client is the caller. */
export const groupPolicy: Story = (stage, life) => {
  const script = '\\\\example.test\\SYSVOL\\example.test\\scripts\\inventory.cmd'
  const task: LabTask = {
    path: '\\Inventory by policy',
    author: 'EXAMPLE\\adm-berg',
    date: null,
    triggers: dailyTrigger('2025-12-01T07:00:00'),
    principal: asMachine,
    action: { kind: 'exec', command: 'cmd.exe', arguments: `/c ${script}`, image: `${SYSTEM32}cmd.exe` },
  }
  stage.tasks.inherit(task)
  let client: { process: Process; of: Process } | undefined
  // Before 1703 the policy client lives in the same process as the Task Scheduler.
  const policyClient = (): Process => {
    const { services, schedule } = stage.services
    if (stage.host.windows.scheduleGroup === 'netsvcs') return schedule
    if (client?.of !== services) {
      const commandLine = 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s gpsvc'
      client = { of: services, process: stage.host.start(services, `${SYSTEM32}svchost.exe`, commandLine) }
    }
    return client.process
  }
  every(stage, life, life.noise === 'busy' ? 3 : 12, () => {
    const process = policyClient()
    stage.host.applyPolicyTasks(process, 'Inventory', () => {
      stage.host.loadModule(process, TASKSCHD)
      stage.tasks.update(task, asSystem(stage.host, process, 'group-policy'))
    })
  })
  const during = (cmd: Process) => {
    stage.host.openConsole(cmd)
    stage.host.runConsole(cmd, `${SYSTEM32}systeminfo.exe`, 'systeminfo', 2500)
  }
  daily(stage, life, 7, 5, () =>
    runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 9000, during }),
  )
}

const AGENT = 'C:\\Program Files\\Contoso\\Inventory\\agent.exe'

/** An MSI installs an agent; its custom action calls schtasks as SYSTEM. */
export const inventoryAgent: Story = (stage, life) => {
  const path = '\\Contoso\\Inventory Agent'
  once(stage, life, () => {
    const { host, services } = stage
    const installer = host.start(services.services, `${SYSTEM32}msiexec.exe`, 'C:\\Windows\\system32\\msiexec.exe /V')
    host.wait(14_000)
    const commandLine = `schtasks.exe /Create /F /TN "${path}" /SC HOURLY /RU SYSTEM /TR "\\"${AGENT}\\" --collect"`
    bySchtasks(stage, installer, commandLine, {
      path,
      triggers: hourlyTrigger('2026-03-09T10:30:00'),
      principal: { id: 'Author', userId: 'S-1-5-18', highest: false },
      action: exec(AGENT, '--collect'),
    })
    host.wait(800)
    host.exit(installer)
  })
  every(stage, life, 2, () =>
    runTask(stage, path, { kind: 'time' }, { session: stage.host.system, milliseconds: 3000 }),
  )
}

const VAULT = 'C:\\Program Files\\Fabrikam\\Vault\\vaultbackup.exe'

/** A server's nightly backup. */
export const backup: Story = (stage: Stage, life) => {
  if (life.plan.kind === 'workstation') return
  const task: LabTask = {
    path: '\\Fabrikam\\Vault Nightly',
    author: 'EXAMPLE\\adm-ito',
    date: '2025-11-04T15:20:11',
    triggers: dailyTrigger('2025-11-04T02:00:00'),
    principal: asMachine,
    action: exec(VAULT, 'job --all'),
  }
  stage.tasks.inherit(task)
  daily(stage, life, 2, 3, () =>
    runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 1_300_000 }),
  )
}

/** A program registers a task for its own updates when it is installed, in the words of its maker. */
export const conferencing: Story = (stage, life) => {
  if (life.plan.kind !== 'workstation' || life.random.next() > 0.5) return
  once(stage, life, () => {
    const desk = stage.desks.at(-1)
    if (!desk) return
    const { host } = stage
    const folder = `C:\\Users\\${desk.session.name}\\AppData\\Roaming\\Northwind Meet\\bin`
    const setup = host.start(
      desk.explorer,
      `C:\\Users\\${desk.session.name}\\Downloads\\MeetInstaller.exe`,
      'MeetInstaller.exe',
    )
    host.wait(9000)
    byProgram(stage, setup, {
      path: `\\Northwind Meet Update ${desk.session.name}`,
      author: 'Northwind Traders',
      date: null,
      triggers: dailyTrigger('2026-01-01T10:00:00'),
      principal: { id: 'Author', userId: desk.session.sid, highest: false, logonType: 'InteractiveToken' },
      action: exec(`${folder}\\Updater.exe`, '--silent'),
    })
    host.wait(2000)
    host.exit(setup)
  })
}
