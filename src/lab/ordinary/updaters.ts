import { asSystem, daily, every, type Life, ownGuid, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { byProgram, TASKSCHD } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import { dailyTrigger, logonTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'

const asMachine = { id: 'Author', userId: 'S-1-5-18', highest: true } as const

function machineTask(path: string, image: string, args: string): LabTask {
  return {
    path,
    author: null,
    date: null,
    triggers: dailyTrigger('2026-02-01T08:15:00'),
    principal: asMachine,
    action: { kind: 'exec', command: image, arguments: args, image },
  }
}

/** A browser's updater, whose task registers itself anew at the end of a run now and then. */
function selfUpdating(path: string, image: string, args: string, hours: number): Story {
  return (stage, life) => {
    const task = machineTask(path, image, args)
    stage.tasks.inherit(task)
    every(stage, life, hours, () => {
      const renews = life.random.next() < 0.25
      runTask(stage, path, { kind: 'time' }, stage.host.system, 4200, (process) => {
        if (!renews) return
        stage.agenda.plan(later(stage.host.now, 2300), () => {
          if (!stage.tasks.has(path)) return
          stage.host.loadModule(process, TASKSCHD)
          stage.tasks.update(task, asSystem(stage.host, process))
        })
      })
    })
  }
}

const EDGE = 'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe'
const GOOGLE = 'C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe'

export const edgeUpdater = selfUpdating('\\MicrosoftEdgeUpdateTaskMachineUA', EDGE, '/ua /installsource scheduler', 4)

/** Google's tasks have a GUID in their names, another on each host. */
export const chromeUpdater: Story = (stage, life) =>
  selfUpdating(`\\GoogleUpdateTaskMachineUA${ownGuid(life)}`, GOOGLE, '/ua /installsource scheduler', 5)(stage, life)

/** OneDrive starts with the shell and registers an updater for its user, whose SID is in the task's name. */
export const oneDrive: Story = (stage: Stage, life: Life) => {
  if (life.plan.kind !== 'workstation') return
  const pathOf = (sid: string) => `\\OneDrive Standalone Update Task-${sid}`
  daily(stage, life, 8.9, 70, () => {
    const desk = stage.desks.at(-1)
    if (!desk) return
    const { host } = stage
    const folder = `${host.localAppData(desk.session)}\\Microsoft\\OneDrive`
    const process = host.start(desk.explorer, `${folder}\\OneDrive.exe`, `"${folder}\\OneDrive.exe" /background`)
    host.wait(3900)
    if (stage.tasks.has(pathOf(desk.session.sid))) return
    byProgram(stage, process, {
      path: pathOf(desk.session.sid),
      author: 'Microsoft Corporation',
      date: null,
      triggers: dailyTrigger('1992-05-01T14:00:00'),
      principal: { id: 'Author', userId: desk.session.sid, highest: false, logonType: 'InteractiveToken' },
      action: {
        kind: 'exec',
        command: '%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe',
        arguments: '',
        image: `${folder}\\OneDriveStandaloneUpdater.exe`,
      },
    })
  })
  daily(stage, life, 14, 30, () => {
    const desk = stage.desks.at(-1)
    if (desk) runTask(stage, pathOf(desk.session.sid), { kind: 'time' }, desk.session, 5200)
  })
}

const OFFICE = 'C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun\\'

/** Office's service keeps its task up to date as SYSTEM; the task starts the updater. */
export const office: Story = (stage, life) => {
  if (life.plan.kind !== 'workstation') return
  const task = machineTask(
    '\\Microsoft\\Office\\Office Automatic Updates 2.0',
    `${OFFICE}OfficeC2RClient.exe`,
    '/frequentupdate SCHEDULEDTASK displaylevel=False',
  )
  stage.tasks.inherit(task)
  daily(stage, life, 4, 200, () => runTask(stage, task.path, { kind: 'time' }, stage.host.system, 21_000))
  daily(stage, life, 11, 300, () => {
    if (life.random.next() > 0.4) return
    const { host, services } = stage
    const service = host.start(
      services.services,
      `${OFFICE}OfficeClickToRun.exe`,
      `"${OFFICE}OfficeClickToRun.exe" /service`,
    )
    host.wait(5000)
    host.loadModule(service, TASKSCHD)
    stage.tasks.update(task, asSystem(host, service))
    stage.agenda.plan(later(host.now, 60_000), () => host.exit(service))
  })
}

const ADOBE = 'C:\\Program Files (x86)\\Common Files\\Adobe\\ARM\\1.0\\AdobeARM.exe'

/** Adobe's updater runs at logon as whoever is logged on. */
export const adobeUpdater: Story = (stage, life) => {
  if (life.plan.kind !== 'workstation') return
  const task: LabTask = {
    path: '\\Adobe Acrobat Update Task',
    author: 'Adobe Systems Incorporated',
    date: '2025-10-02T11:20:05',
    triggers: logonTrigger,
    principal: { id: 'Author', userId: 'S-1-5-4', highest: false },
    action: { kind: 'exec', command: ADOBE, arguments: '', image: ADOBE },
  }
  stage.tasks.inherit(task)
  daily(stage, life, 9.6, 40, () => {
    const desk = stage.desks.at(-1)
    if (desk) runTask(stage, task.path, { kind: 'logon' }, desk.session, 8000)
  })
}
