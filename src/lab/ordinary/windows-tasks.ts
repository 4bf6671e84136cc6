import { type InboxAction, type InboxTask, inboxTask, type Release } from '../../model/windows/inbox/index.ts'
import type { HostKind } from '../fleet/host-plan.ts'
import { daily, every, type Life, runTask, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { later } from '../host/clock.ts'
import type { Host, Session } from '../host/host.ts'
import type { Cause } from '../host/task-service.ts'
import { bootTrigger, type LabTaskTrigger, logonTrigger } from '../host/task-triggers.ts'
import type { LabAction, LabTask } from '../host/task-xml.ts'

/** When the lab runs one of Windows' own tasks and for how long; what the task is says the catalogue. */
interface Habit {
  /** Below \Microsoft\Windows. */
  readonly path: string
  readonly when: { readonly hour: number } | { readonly everyHours: number } | 'after-boot'
  readonly seconds: number
  readonly on?: HostKind
  /** What TaskScheduler 200 calls the handler of a class. Source: ActionName of real 200 events. */
  readonly handler?: string
}

/** Tasks that run on every host often enough to be seen, each kind of principal, level and trigger among them. */
export const habits: readonly Habit[] = [
  { path: 'Defrag\\ScheduledDefrag', when: { hour: 1 }, seconds: 400 },
  { path: 'UpdateOrchestrator\\Schedule Scan', when: { everyHours: 11 }, seconds: 1 },
  { path: 'Windows Error Reporting\\QueueReporting', when: { everyHours: 9 }, seconds: 3 },
  { path: 'Application Experience\\Microsoft Compatibility Appraiser', when: { hour: 3 }, seconds: 90 },
  { path: 'Customer Experience Improvement Program\\Consolidator', when: { everyHours: 6 }, seconds: 2 },
  { path: 'DiskCleanup\\SilentCleanup', when: { hour: 12 }, seconds: 40, on: 'workstation' },
  { path: 'Time Synchronization\\SynchronizeTime', when: { hour: 2 }, seconds: 1 },
  { path: 'WindowsUpdate\\Scheduled Start', when: { everyHours: 20 }, seconds: 1 },
  { path: 'Device Information\\Device', when: { hour: 4 }, seconds: 6 },
  { path: 'Device Information\\Device User', when: { hour: 9 }, seconds: 4, on: 'workstation' },
  { path: 'Autochk\\Proxy', when: 'after-boot', seconds: 1 },
  { path: 'Diagnosis\\Scheduled', when: { hour: 13 }, seconds: 20, handler: 'Microsoft Windows Diagnosis' },
  { path: 'Registry\\RegIdleBackup', when: { hour: 1 }, seconds: 5, handler: 'Registry Idle Backup Task' },
  {
    path: 'LanguageComponentsInstaller\\Installation',
    when: { hour: 8 },
    seconds: 4,
    on: 'workstation',
    handler: 'Language Components Installer',
  },
  {
    path: 'CertificateServicesClient\\UserTask',
    when: { hour: 9 },
    seconds: 2,
    handler: 'Certificate Services Client Task Handler',
  },
  { path: 'Chkdsk\\ProactiveScan', when: { hour: 2 }, seconds: 10, handler: 'Proactive Scan' },
  {
    path: 'Wininet\\CacheTask',
    when: { hour: 9 },
    seconds: 300,
    on: 'workstation',
    handler: 'Wininet Cache task object',
  },
]

/** Groups that tasks are registered for; what is not here is a user. */
const groups: Readonly<Record<string, string>> = {
  INTERACTIVE: 'S-1-5-4',
  Users: 'S-1-5-32-545',
  'Authenticated Users': 'S-1-5-11',
  Administrators: 'S-1-5-32-544',
  Everyone: 'S-1-1-0',
}
const users: Readonly<Record<string, string>> = {
  SYSTEM: 'S-1-5-18',
  'LOCAL SERVICE': 'S-1-5-19',
  'NETWORK SERVICE': 'S-1-5-20',
}

function principalOf({ principal, runLevel }: InboxTask): LabTask['principal'] {
  const highest = runLevel === 'HighestAvailable'
  const group = groups[principal ?? '']
  return group === undefined
    ? { id: 'Author', userId: users[principal ?? ''] ?? 'S-1-5-18', highest }
    : { id: 'Author', userId: group, isGroup: true, highest }
}

/** Times are local and long past, as those of Windows' own tasks. States that only Windows publishes have no form in the lab. */
function triggersOf({ triggers }: InboxTask): LabTaskTrigger[] {
  return triggers.flatMap((kind): readonly LabTaskTrigger[] => {
    switch (kind) {
      case 'boot':
        return bootTrigger
      case 'logon':
        return logonTrigger
      case 'time':
        return [{ kind: 'once', start: '2008-09-01T03:00:00', repeatSeconds: 86_400 }]
      case 'calendar':
        return [{ kind: 'daily', start: '2008-09-01T03:00:00', days: 1 }]
      case 'idle':
      case 'registration':
        return [{ kind }]
      default:
        return []
    }
  })
}

/** What starts it, as the scheduler's log says. */
function causeOf({ triggers }: InboxTask): Cause {
  const kind = (['time', 'logon', 'boot', 'idle'] as const).find((each) => triggers.includes(each))
  return { kind: kind ?? (triggers.includes('calendar') ? 'time' : 'maintenance') }
}

const SYSTEM32 = 'C:\\Windows\\System32\\'

function actionOf(action: InboxAction, handler: string): LabAction {
  if (action.kind === 'com-handler') {
    const classId = action.classId.toUpperCase()
    return { kind: 'com-handler', classId, name: handler, ...(action.data === '' ? {} : { data: action.data }) }
  }
  const { program } = action
  const image = program.includes('\\')
    ? program.replace(/^%(?:windir|systemroot)%/i, 'C:\\Windows')
    : SYSTEM32 + program
  return { kind: 'exec', command: program, arguments: action.arguments, image }
}

/** One of Windows' own tasks as the nearest release that is known has it; null where the catalogue does not say what it runs there. */
export function ownTask(below: string, tasksOf: readonly Release[], handler = ''): LabTask | null {
  const path = `\\Microsoft\\Windows\\${below}`
  const task = inboxTask(path)
  const variants = tasksOf.map((release) => task?.variants.find((each) => each.releases.includes(release)))
  const [action] = variants.find((variant) => variant !== undefined)?.actions ?? []
  if (!task || !action) return null
  return {
    path,
    author: task.author,
    date: null,
    triggers: triggersOf(task),
    principal: principalOf(task),
    ...(task.triggers.includes('maintenance') ? { maintenance: 'P7D' } : {}),
    hidden: task.isHidden,
    action: actionOf(action, handler),
  }
}

/** Who runs it: a service's account, or whoever is logged on; nobody where it is for users and none is there. */
function sessionOf({ principal }: LabTask, host: Host, stage: Stage): Session | undefined {
  if (principal.isGroup) return stage.desks.at(-1)?.session
  return principal.userId === 'S-1-5-19' ? host.localService : host.system
}

/** Windows' own tasks at their times. */
export const windowsOwnTasks: Story = (stage: Stage, life: Life) => {
  for (const habit of habits) {
    if (habit.on && habit.on !== life.plan.kind) continue
    const task = ownTask(habit.path, life.plan.windows.tasksOf, habit.handler)
    const known = inboxTask(`\\Microsoft\\Windows\\${habit.path}`)
    if (!task || !known) continue
    stage.tasks.inherit(task)
    const run = () => {
      const session = sessionOf(task, stage.host, stage)
      if (session) runTask(stage, task.path, causeOf(known), { session: session, milliseconds: habit.seconds * 1000 })
    }
    const [first] = life.days
    if (habit.when === 'after-boot') {
      if (first) stage.agenda.plan(later(first, life.random.between(300_000, 900_000)), run)
    } else if ('hour' in habit.when) daily(stage, life, habit.when.hour, 50, run)
    else every(stage, life, habit.when.everyHours, run)
  }
}
