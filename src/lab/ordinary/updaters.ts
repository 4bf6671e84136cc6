import { asSystem, daily, every, type Life, once, ownGuid, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { byProgram, TASKSCHD } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import type { Process } from '../host/host.ts'
import { dailyTrigger, hourlyTrigger, logonTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'

const asMachine = { id: 'Author', userId: 'S-1-5-18', highest: true } as const

function machineTask(path: string, image: string, args: string, author: string | null = null): LabTask {
  return {
    path,
    author,
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
      const during = (process: Process) => {
        if (!renews) return
        stage.agenda.plan(later(stage.host.now, 2300), () => {
          if (!stage.tasks.has(path)) return
          stage.host.loadModule(process, TASKSCHD)
          stage.tasks.update(task, asSystem(stage.host, process))
        })
      }
      runTask(stage, path, { kind: 'time' }, { session: stage.host.system, milliseconds: 4200, during })
    })
  }
}

const EDGE = 'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe'

/** Edge's tasks have a GUID in their names, another on each host. */
export const edgeUpdater: Story = (stage, life) =>
  selfUpdating(
    `\\MicrosoftEdgeUpdateTaskMachineUA${ownGuid(life)}`,
    EDGE,
    '/ua /installsource scheduler',
    4,
  )(stage, life)

const googleVersions = ['131.0.6778.0', '132.0.6833.0', '134.0.6985.0', '136.0.7079.0']

/** Version and GUID are in the name of Chrome's task: each version of the updater makes a new one and removes that before it. */
export const chromeUpdater: Story = (stage, life) => {
  const taskOf = (version: string): LabTask => {
    const image = `C:\\Program Files (x86)\\Google\\GoogleUpdater\\${version}\\updater.exe`
    const path = `\\GoogleSystem\\GoogleUpdater\\GoogleUpdaterTaskSystem${version}${ownGuid(life)}`
    return { ...machineTask(path, image, '--wake --system'), triggers: hourlyTrigger('2026-02-01T08:15:00') }
  }
  const versions = googleVersions.map(taskOf)
  const current = () => versions.findIndex(({ path }) => stage.tasks.has(path))
  if (current() < 0 && versions[0]) stage.tasks.inherit(versions[0])
  every(stage, life, 5, () => {
    const task = versions[current()]
    if (task) runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 4200 })
  })
  once(stage, life, () => {
    const [old, next] = [versions[current()], versions[current() + 1]]
    if (!old || !next || next.action.kind !== 'exec') return
    const { host } = stage
    const image = next.action.image
    const setup = host.start(stage.services.services, image, `"${image}" --install --system`)
    host.wait(3100)
    host.loadModule(setup, TASKSCHD)
    stage.tasks.register(next, asSystem(host, setup))
    host.wait(400)
    stage.tasks.remove(old.path, asSystem(host, setup))
    host.wait(900)
    host.exit(setup)
  })
}

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
      triggers: [{ kind: 'once', start: '1992-05-01T14:00:00', repeatSeconds: 86_400 }],
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
    if (desk) runTask(stage, pathOf(desk.session.sid), { kind: 'time' }, { session: desk.session, milliseconds: 5200 })
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
    'Microsoft Office',
  )
  stage.tasks.inherit(task)
  daily(stage, life, 4, 200, () =>
    runTask(stage, task.path, { kind: 'time' }, { session: stage.host.system, milliseconds: 21_000 }),
  )
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
    principal: { id: 'Author', userId: 'S-1-5-4', isGroup: true, highest: false },
    action: { kind: 'exec', command: ADOBE, arguments: '', image: ADOBE },
  }
  stage.tasks.inherit(task)
  daily(stage, life, 9.6, 40, () => {
    const desk = stage.desks.at(-1)
    if (desk) runTask(stage, task.path, { kind: 'logon' }, { session: desk.session, milliseconds: 8000 })
  })
}
