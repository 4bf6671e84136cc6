import type { TaskCommand } from '../../model/command.ts'
import { taskPath } from '../../model/task-path.ts'
import { actionOf, commandOf, type Found, otherHost, singlePercents } from './found.ts'
import {
  actionPart,
  type Parameters,
  parameter,
  type TaskPart,
  textOf,
  type Value,
  wordsOf,
} from './powershell-values.ts'

/** What a cmdlet does: a value for whoever uses it, and what it asks for. */
export interface Outcome {
  readonly value?: Value
  readonly found?: Found
}

/**
 * The parts of a task that a script has made so far and not named in a registration: what is built step by step, or in
 * variables that a damaged text does not show, still counts for the registration that follows.
 */
export type Parts = TaskPart

/**
 * A cmdlet of ScheduledTasks or PSScheduledJob, or one that starts something else; null for every other name.
 * Source: https://learn.microsoft.com/powershell/module/scheduledtasks/,
 * https://learn.microsoft.com/powershell/module/psscheduledjob/
 */
export function runCmdlet(name: string, parameters: Parameters, source: Value | null, parts: Parts): Outcome | null {
  const maker = makers[name]
  if (maker) return { value: maker(parameters) }
  const task = Object.hasOwn(taskVerbs, name) ? taskVerbs[name] : undefined
  if (task) return taskOutcome(task, parameters, source, parts)
  const job = Object.hasOwn(jobVerbs, name) ? jobVerbs[name] : undefined
  if (job) return jobOutcome(job, parameters, source)
  return otherCmdlet(name, parameters)
}

const taskVerbs: Readonly<Record<string, TaskCommand['verb']>> = {
  'register-scheduledtask': 'create',
  'set-scheduledtask': 'change',
  'unregister-scheduledtask': 'delete',
  'start-scheduledtask': 'run',
  'stop-scheduledtask': 'end',
  'enable-scheduledtask': 'enable',
  'disable-scheduledtask': 'disable',
  'get-scheduledtask': 'query',
  'get-scheduledtaskinfo': 'query',
  'export-scheduledtask': 'query',
}

const jobVerbs: Readonly<Record<string, TaskCommand['verb']>> = {
  'register-scheduledjob': 'create',
  'set-scheduledjob': 'change',
  'unregister-scheduledjob': 'delete',
  'enable-scheduledjob': 'enable',
  'disable-scheduledjob': 'disable',
  'get-scheduledjob': 'query',
}

function taskOutcome(verb: TaskCommand['verb'], parameters: Parameters, source: Value | null, parts: Parts): Outcome {
  const name = textOf(parameter(parameters, 'taskname') ?? parameters.positional[0])
  const folder = textOf(parameter(parameters, 'taskpath'))
  const named = name !== null ? taskPath(`${folder ?? ''}\\${name}`) : (textOf(source?.fields?.get('task')) ?? null)
  const target = targetOf(parameters) ?? source?.target ?? null
  const writes = verb === 'create' || verb === 'change'
  const part = writes ? mergedParts(parameters, source, verb === 'create' ? parts : {}) : {}
  return {
    found: { kind: 'command', command: commandOf('powershell', verb, { ...said(part), task: named, target }) },
    value: {
      ...(named === null ? {} : { fields: new Map<string, Value>([['task', { text: named }]]) }),
      ...(target === null ? {} : { target }),
      part,
    },
  }
}

function said(part: TaskPart): Partial<TaskCommand> {
  return {
    action: part.action ?? null,
    runAs: part.runAs ?? null,
    schedule: part.schedule ?? null,
    highest: part.highest ?? false,
    xmlFile: part.xmlFile ?? null,
  }
}

/** What a registration says itself goes before what its definition says, and that before what lies around. */
function mergedParts(parameters: Parameters, source: Value | null, around: Parts): TaskPart {
  const values = ['action', 'principal', 'trigger', 'inputobject', 'xml'].map((name) => parameter(parameters, name))
  let part: TaskPart = {}
  for (const value of [...values, source ?? undefined]) part = { ...known(firstPart(value)), ...part }
  const user = textOf(parameter(parameters, 'user'))
  const level = textOf(parameter(parameters, 'runlevel'))
  return {
    ...around,
    ...part,
    ...(user === null ? {} : { runAs: user }),
    ...(level === null ? {} : { highest: isHighest(level) }),
  }
}

const firstPart = (value: Value | undefined) => value?.part ?? value?.items?.[0]?.part ?? {}

/** Without the entries that say nothing, so that they do not hide others. */
function known(part: TaskPart): TaskPart {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null && value !== undefined))
}

const isHighest = (level: string) => level.toLowerCase() === 'highest' || level === '1'

function targetOf(parameters: Parameters): string | null {
  const session = parameter(parameters, 'cimsession') ?? parameter(parameters, 'computername')
  return session?.target ?? otherHost(textOf(session))
}

/** PSScheduledJob keeps its tasks in one folder. The action is the script itself, or its file. */
function jobOutcome(verb: TaskCommand['verb'], parameters: Parameters, source: Value | null): Outcome {
  const name = textOf(parameter(parameters, 'name') ?? parameters.positional[0])
  const script = parameter(parameters, 'scriptblock') ?? parameter(parameters, 'filepath') ?? parameters.positional[1]
  const task = name !== null ? taskPath(`Microsoft\\Windows\\PowerShell\\ScheduledJobs\\${name}`) : null
  const writes = verb === 'create' || verb === 'change'
  const action = writes ? (textOf(script)?.trim() ?? null) : null
  const trigger = firstPart(parameter(parameters, 'trigger')).schedule ?? null
  return {
    found: {
      kind: 'command',
      command: commandOf('powershell', verb, {
        task: task ?? textOf(source?.fields?.get('task')),
        action,
        schedule: writes ? trigger : null,
      }),
    },
    ...(task === null ? {} : { value: { fields: new Map<string, Value>([['task', { text: task }]]) } }),
  }
}

const makers: Readonly<Record<string, (parameters: Parameters) => Value>> = {
  __proto__: null as never,
  'new-scheduledtaskaction': (parameters) => ({
    part: actionPart(
      textOf(parameter(parameters, 'execute') ?? parameters.positional[0]),
      textOf(parameter(parameters, 'argument') ?? parameters.positional[1]),
    ),
  }),
  'new-scheduledtaskprincipal': (parameters) => ({
    part: {
      runAs: textOf(parameter(parameters, 'userid') ?? parameter(parameters, 'groupid') ?? parameters.positional[0]),
      highest: isHighest(textOf(parameter(parameters, 'runlevel')) ?? ''),
    },
  }),
  'new-scheduledtasktrigger': triggerValue,
  'new-jobtrigger': triggerValue,
  'new-scheduledtask': (parameters) => ({ part: mergedParts(parameters, null, {}) }),
  'new-cimsession': (parameters) => {
    const target = otherHost(textOf(parameter(parameters, 'computername') ?? parameters.positional[0]))
    return target === null ? {} : { target }
  },
  'get-content': fileValue,
  gc: fileValue,
  cat: fileValue,
  type: fileValue,
}

const schedules = {
  atlogon: 'ONLOGON',
  atstartup: 'ONSTART',
  once: 'ONCE',
  daily: 'DAILY',
  weekly: 'WEEKLY',
} as const

function triggerValue(parameters: Parameters): Value {
  const said = Object.entries(schedules).find(([name]) => parameter(parameters, name))
  return { part: { schedule: said?.[1] ?? null } }
}

/** What was read from a file may be a task's XML. */
function fileValue(parameters: Parameters): Value {
  const path = parameter(parameters, 'path') ?? parameter(parameters, 'literalpath') ?? parameters.positional[0]
  return { part: { xmlFile: textOf(path) } }
}

const wmiCommands = new Set([
  ...['invoke-cimmethod', 'icim', 'invoke-wmimethod', 'iwmi', 'get-wmiobject', 'gwmi', 'get-ciminstance', 'gcim'],
  ...[
    'new-ciminstance',
    'ncim',
    'set-wmiinstance',
    'remove-ciminstance',
    'rcim',
    'remove-wmiobject',
    'rwmi',
    'get-cimclass',
  ],
])
const taskClasses = new Set(['ps_scheduledtask', 'msft_scheduledtask', 'win32_scheduledjob'])

function otherCmdlet(name: string, parameters: Parameters): Outcome | null {
  if (wmiCommands.has(name)) return wmiOutcome(name, parameters)
  switch (name) {
    case 'invoke-expression':
    case 'iex': {
      const text = textOf(parameter(parameters, 'command') ?? parameters.positional[0])
      return text === null ? {} : { found: { kind: 'script', text, target: null } }
    }
    case 'start-process':
    case 'saps':
    case 'start': {
      const program = textOf(parameter(parameters, 'filepath') ?? parameters.positional[0])
      const args = wordsOf(
        parameter(parameters, 'argumentlist') ?? parameter(parameters, 'args') ?? parameters.positional[1],
      )
      const text = actionOf(program, args)
      return text === null ? {} : { found: { kind: 'command-line', text, target: null } }
    }
    default:
      return null
  }
}

/** The classes behind the cmdlets and behind `at`, called by hand; also `Win32_Process.Create`, which starts anything. */
function wmiOutcome(name: string, parameters: Parameters): Outcome | null {
  const method = textOf(parameter(parameters, 'methodname') ?? parameter(parameters, 'name')) ?? ''
  const given = parameter(parameters, 'classname') ?? parameter(parameters, 'class') ?? parameter(parameters, 'query')
  const wmiClass =
    classIn(textOf(given) ?? '') ?? parameters.positional.map((one) => classIn(textOf(one) ?? '')).find(Boolean)
  const target = targetOf(parameters)
  const args = parameter(parameters, 'arguments') ?? parameter(parameters, 'argumentlist') ?? parameters.positional[2]
  if (wmiClass === 'win32_process') {
    const text = textOf(args?.fields?.get('commandline')) ?? textOf(args)
    return text === null ? null : { found: { kind: 'command-line', text, target } }
  }
  if (!wmiClass) return null
  const taskName = textOf(args?.fields?.get('taskname') ?? args?.fields?.get('taskpath'))
  const xml = args?.fields?.get('xml')
  const command = args?.fields?.get('command') ?? (wmiClass === 'win32_scheduledjob' ? args : undefined)
  const action = textOf(command)
  const verb = wmiVerb(name, method)
  return {
    found: {
      kind: 'command',
      command: commandOf('wmi', verb, {
        target,
        task: taskName === null ? null : taskPath(taskName),
        action: verb === 'create' && action !== null ? singlePercents(action) : null,
        xmlFile: verb === 'create' ? (xml?.part?.xmlFile ?? null) : null,
      }),
    },
    value: { fields: new Map<string, Value>([['class', { text: wmiClass }]]), ...(target === null ? {} : { target }) },
  }
}

/** A class in a name, a path (`\\host\root\cimv2:Win32_ScheduledJob`) or a query. */
export function classIn(text: string): string | undefined {
  const words = text
    .slice(0, 1000)
    .toLowerCase()
    .split(/[\s:"'.\\/]+/)
  return words.find((word) => taskClasses.has(word)) ?? words.find((word) => word === 'win32_process')
}

export function wmiVerb(cmdlet: string, method: string): TaskCommand['verb'] {
  const lower = method.toLowerCase()
  if (cmdlet.startsWith('remove-') || cmdlet === 'rcim' || cmdlet === 'rwmi') return 'delete'
  if (cmdlet.startsWith('new-') || cmdlet === 'ncim' || cmdlet === 'set-wmiinstance') return 'create'
  if (lower.startsWith('register') || lower === 'create') return 'create'
  if (lower.startsWith('unregister') || lower.startsWith('delete')) return 'delete'
  if (lower.startsWith('start') || lower.startsWith('run')) return 'run'
  if (lower.startsWith('stop')) return 'end'
  if (lower.startsWith('enable')) return 'enable'
  if (lower.startsWith('disable')) return 'disable'
  return lower.startsWith('set') ? 'change' : 'query'
}
