import type { TaskCommand } from '../../model/command.ts'
import { taskPath } from '../../model/task-path.ts'
import type { Argument } from './c-runtime.ts'
import { commandOf, otherHost } from './found.ts'
import { definitionOf } from './schtasks-definition.ts'

/**
 * schtasks.exe: `/verb` and switches in any order and case, `/` or `-`, a value as the next argument, after a colon, or glued
 * on in quotes (`/tn"name"`).
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks
 */
export function readSchtasks(args: readonly Argument[]): TaskCommand | null {
  const verb = verbOf(args)
  if (!verb) return null
  const said = switchesOf(args, verb)
  if (said.has('?')) return null // prints its help and does nothing
  const writes = verb === 'create' || verb === 'change'
  return commandOf('schtasks', meant(verb, said), {
    task: pathOf(said.get('tn')),
    target: otherHost(said.get('s')),
    connectAs: said.get('u') || null,
    schedule: said.get('sc')?.toUpperCase() || null,
    xmlFile: verb === 'create' ? said.get('xml') || null : null,
    definition: writes ? definitionOf(said, actionOf(said.get('tr'))) : null,
  })
}

const verbs = ['create', 'change', 'delete', 'run', 'end', 'query', 'showsid'] as const
type Verb = (typeof verbs)[number]

/** Without a verb schtasks lists the tasks. */
function verbOf(args: readonly Argument[]): Verb | undefined {
  for (const { text } of args) {
    if (!isSwitch(text)) continue
    const verb = verbs.find((one) => one === text.slice(1).toLowerCase())
    if (verb) return verb
  }
  return args.every(({ text }) => isSwitch(text)) ? 'query' : undefined
}

function meant(verb: Verb, said: ReadonlyMap<string, string>): TaskCommand['verb'] {
  if (verb === 'showsid') return 'query'
  if (verb !== 'change') return verb
  if (said.has('disable')) return 'disable'
  return said.has('enable') ? 'enable' : 'change'
}

const withValue = new Set([
  ...['s', 'u', 'ru', 'sc', 'mo', 'd', 'm', 'i', 'tn', 'tr', 'st', 'ri', 'et', 'du', 'xml', 'sd', 'ed', 'ec', 'rl'],
  ...['delay', 'fo'],
])
/** Without the value schtasks asks for the password. */
const withOptionalValue = new Set(['p', 'rp'])
const flags = new Set(['k', 'it', 'np', 'z', 'v1', 'f', 'enable', 'disable', 'nh', 'v', 'hresult', '?', ...verbs])

function takesValue(name: string, verb: Verb): 'always' | 'if-there' | 'never' {
  if (name === 'i' && verb === 'run') return 'never' // run at once, against the idle time of /create
  if (name === 'xml' && verb === 'query') return 'if-there'
  if (withOptionalValue.has(name)) return 'if-there'
  return withValue.has(name) ? 'always' : 'never'
}

const isSwitch = (text: string) => text.startsWith('/') || text.startsWith('-')
const isKnown = (name: string) => withValue.has(name) || withOptionalValue.has(name) || flags.has(name)
const isKnownSwitch = (text: string) => isSwitch(text) && isKnown(text.slice(1).toLowerCase())

/** Values by the switch's name in lower case; the first of two counts. */
function switchesOf(args: readonly Argument[], verb: Verb): Map<string, string> {
  const said = new Map<string, string>()
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]
    const one = argument && switchOf(argument)
    if (!one) continue
    let value = one.value
    const takes = value === null ? takesValue(one.name, verb) : 'never'
    const next = args[i + 1]
    if (next && takes !== 'never' && !isKnownSwitch(next.text)) {
      value = next.text
      i++
    }
    if (!said.has(one.name)) said.set(one.name, value ?? '')
  }
  return said
}

function switchOf({ text, quotedAt }: Argument): { name: string; value: string | null } | null {
  if (!isSwitch(text)) return null
  if (isKnownSwitch(text)) return { name: text.slice(1).toLowerCase(), value: null }
  const colon = text.indexOf(':')
  for (const [end, valueFrom] of [
    [quotedAt, quotedAt],
    [colon, colon + 1],
  ] as const) {
    const name = text.slice(1, Math.max(1, end)).toLowerCase()
    if (withValue.has(name) || withOptionalValue.has(name)) return { name, value: text.slice(valueFrom) }
  }
  return null
}

const pathOf = (name: string | undefined) => (name ? taskPath(name) : null)

/** Schtasks takes single quotes around the program for the double ones that are hard to write inside /TR. */
function actionOf(taskRun: string | undefined): string | null {
  if (!taskRun) return null
  const text = taskRun.trim()
  const end = text.startsWith("'") ? text.indexOf("'", 1) : -1
  return end < 0 ? text : `"${text.slice(1, end)}"${text.slice(end + 1)}`
}
