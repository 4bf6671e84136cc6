import type { TaskCommand } from '../../../model/command.ts'
import { taskPath } from '../../../model/task-path.ts'
import { commandOf } from '../found.ts'
import { jobDefinition } from '../wmic.ts'
import { type Outcome, type Parameters, parameter, targetOf, textOf, type Value } from './values.ts'

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

/** The classes behind the cmdlets and behind `at`, called by hand; also `Win32_Process.Create`, which starts anything. */
export function wmiOutcome(name: string, parameters: Parameters): Outcome | null {
  if (!wmiCommands.has(name)) return null
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
        definition: verb === 'create' ? jobDefinition(action, textOf(args?.fields?.get('starttime')) ?? '') : null,
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
