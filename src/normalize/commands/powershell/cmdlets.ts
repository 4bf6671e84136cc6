import type { TaskCommand } from '../../../model/command.ts'
import { silentPrincipal } from '../../../model/partial-definition.ts'
import { taskPath } from '../../../model/task-path.ts'
import { actionOf, commandOf, execOf } from '../found.ts'
import { makers, runLevelOf } from './makers.ts'
import {
  joinedParts,
  noPart,
  type Outcome,
  type Parameters,
  parameter,
  partIn,
  partOf,
  type TaskPart,
  targetOf,
  textOf,
  type Value,
  wordsOf,
} from './values.ts'
import { wmiOutcome } from './wmi.ts'

/**
 * A cmdlet of ScheduledTasks or PSScheduledJob, or one that starts something else; null for every other name. `around` are the
 * parts of a task that a script has made so far and not named in a registration: what is built step by step, or in variables
 * that a damaged text does not show, still counts for the registration that follows.
 * Source: https://learn.microsoft.com/powershell/module/scheduledtasks/,
 * https://learn.microsoft.com/powershell/module/psscheduledjob/
 */
export function runCmdlet(
  name: string,
  parameters: Parameters,
  source: Value | null,
  around: TaskPart,
): Outcome | null {
  const maker = makers.get(name)
  if (maker) return { value: maker(parameters) }
  if (name === 'new-scheduledtask') return { value: { part: registered(parameters, null, noPart) } }
  const task = Object.hasOwn(taskVerbs, name) ? taskVerbs[name] : undefined
  if (task) return taskOutcome(task, parameters, source, around)
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

function taskOutcome(
  verb: TaskCommand['verb'],
  parameters: Parameters,
  source: Value | null,
  around: TaskPart,
): Outcome {
  const name = textOf(parameter(parameters, 'taskname') ?? parameters.positional[0])
  const folder = textOf(parameter(parameters, 'taskpath'))
  const named = name !== null ? taskPath(`${folder ?? ''}\\${name}`) : (textOf(source?.fields?.get('task')) ?? null)
  const target = targetOf(parameters) ?? source?.target ?? null
  const writes = verb === 'create' || verb === 'change'
  const part = writes ? registered(parameters, source, verb === 'create' ? around : noPart) : noPart
  return {
    found: { kind: 'command', command: commandOf('powershell', verb, { ...part, task: named, target }) },
    value: {
      ...(named === null ? {} : { fields: new Map<string, Value>([['task', { text: named }]]) }),
      ...(target === null ? {} : { target }),
      part,
    },
  }
}

/** What a registration says itself goes before what its definition says, and that before what lies around. */
function registered(parameters: Parameters, source: Value | null, around: TaskPart): TaskPart {
  const user = textOf(parameter(parameters, 'user'))
  const level = textOf(parameter(parameters, 'runlevel'))
  const own = partOf({
    principal:
      user === null && level === null
        ? null
        : { ...silentPrincipal, account: user, runLevel: level === null ? null : runLevelOf(level) },
    description: textOf(parameter(parameters, 'description')),
  })
  const values = ['action', 'principal', 'trigger', 'settings', 'inputobject', 'xml'].map((name) =>
    partIn(parameter(parameters, name)),
  )
  return [...values, partIn(source ?? undefined), around].reduce(joinedParts, own)
}

/** PSScheduledJob keeps its tasks in one folder. The action is the script itself, or its file. */
function jobOutcome(verb: TaskCommand['verb'], parameters: Parameters, source: Value | null): Outcome {
  const name = textOf(parameter(parameters, 'name') ?? parameters.positional[0])
  const script = parameter(parameters, 'scriptblock') ?? parameter(parameters, 'filepath') ?? parameters.positional[1]
  const task = name !== null ? taskPath(`Microsoft\\Windows\\PowerShell\\ScheduledJobs\\${name}`) : null
  const writes = verb === 'create' || verb === 'change'
  const definition = {
    ...partIn(parameter(parameters, 'trigger')).definition,
    actions: execOf(textOf(script)?.trim() ?? null),
  }
  return {
    found: {
      kind: 'command',
      command: commandOf('powershell', verb, {
        task: task ?? textOf(source?.fields?.get('task')),
        definition: writes ? definition : null,
      }),
    },
    ...(task === null ? {} : { value: { fields: new Map<string, Value>([['task', { text: task }]]) } }),
  }
}

function otherCmdlet(name: string, parameters: Parameters): Outcome | null {
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
      return wmiOutcome(name, parameters)
  }
}
