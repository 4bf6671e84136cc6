import { imageName } from '../../../model/command-line.ts'
import { nativeCommandLine } from '../c-runtime.ts'
import { commandOf, type Found, unregistered } from '../found.ts'
import { jobDefinition } from '../wmic.ts'
import { runCmdlet } from './cmdlets.ts'
import { ComSession } from './com.ts'
import { netPart } from './com-draft.ts'
import { readStatements } from './statements.ts'
import { type Element, type Opening, type Statement, variableName } from './syntax.ts'
import {
  elementValue,
  expressionValue,
  type GroupValue,
  groupValue,
  isCast,
  joinedParts,
  nativeWords,
  noPart,
  parametersOf,
  type TaskPart,
  textOf,
  type Value,
} from './values.ts'
import { classIn, wmiVerb } from './wmi.ts'

/** Programs that a script may start and that may speak to the Task Scheduler. */
const programs = new Set(
  ['schtasks', 'at', 'cmd', 'powershell', 'pwsh', 'wmic', 'forfiles'].flatMap((name) => [name, `${name}.exe`]),
)

/** The first word of these statements is no command; the second of the definitions is a name, not a call. */
const keywords = new Set(['return', 'throw', 'exit', 'else', 'elseif', 'if', 'try', 'catch', 'finally', 'do', 'while'])
const definitions = new Set(['function', 'filter', 'workflow', 'class', 'enum', 'configuration', 'param'])

/**
 * Reads what PowerShell text asks of the Task Scheduler, in order, without running it: names are commands only where a
 * command stands, so comments, strings and the functions that the ScheduledTasks module defines (4104 logs its generated
 * code) count for nothing. Variables with literal values are followed.
 */
export function readScript(text: string): Found[] {
  const reader = new ScriptReader()
  readStatements(text, reader)
  return reader.found
}

interface Scope {
  readonly opening: Opening | null
  readonly foundFrom: number
  /** Of a hashtable. */
  readonly fields: Map<string, Value>
  value: Value
}

class ScriptReader {
  readonly found: Found[] = []
  readonly #variables = new Map<string, Value>()
  readonly #com = new ComSession()
  readonly #scopes: Scope[] = []
  #parts: TaskPart = noPart

  open(opening: Opening | null): Scope {
    const scope: Scope = { opening, foundFrom: this.found.length, fields: new Map(), value: {} }
    this.#scopes.push(scope)
    return scope
  }

  close(): GroupValue {
    const scope = this.#scopes.pop()
    if (this.#scopes.length === 0) {
      this.#take(this.#com.end())
      this.#take(unregistered(this.#parts.definition))
    }
    const value = scope?.opening === '@{' ? { fields: scope.fields } : (scope?.value ?? {})
    return { value, foundFrom: scope?.foundFrom ?? 0, foundTo: this.found.length }
  }

  statement({ elements, called, piped }: Statement): void {
    const scope = this.#scopes.at(-1)
    if (!scope) return
    for (const element of elements)
      if (element.kind === 'string') this.#com.see(elementValue(element, this.#variables).text)
    const assign = elements.findIndex((element) => element.kind === 'assign')
    if (assign > 0) this.#assign(scope, elements, assign)
    else scope.value = this.#evaluate(elements, called, piped ? scope.value : null)
  }

  #assign(scope: Scope, elements: readonly Element[], at: number): void {
    const value = this.#evaluate(elements.slice(at + 1), false, null)
    const target = elements[at - 1]
    const name = target?.kind === 'word' ? target.text : (textOf(elementValue(target, this.#variables)) ?? '')
    if (scope.opening === '@{') {
      scope.fields.set(name.toLowerCase(), value)
      return
    }
    const dot = name.lastIndexOf('.')
    if (dot >= 0) this.#com.set(name.toLowerCase(), value)
    if (!name.startsWith('$') || dot >= 0) return
    const variable = variableName(name.slice(1))
    const assign = elements[at]
    if (assign?.kind !== 'assign' || !assign.appends) this.#variables.set(variable, value)
    else {
      const before = this.#variables.get(variable)?.text
      const known = before !== undefined && value.text !== undefined && before.length < 32_767
      this.#variables.set(variable, known ? { text: before + value.text } : {})
    }
  }

  #evaluate(elements: readonly Element[], called: boolean, source: Value | null): Value {
    let from = 0
    while (isKeyword(elements[from])) from++
    const first = elements[from]
    const rest = elements.slice(from + 1)
    if (first?.kind === 'word' && definitions.has(first.text.toLowerCase())) return {}
    const name = called || first?.kind === 'word' ? commandName(first, called, this.#variables) : null
    if (name !== null && (called || !isGluedGroup(rest[0]))) {
      const value = this.#command(name, rest, source)
      if (value) return value
    }
    const read = this.#methods(elements)
    if (read) return read
    // a value passes through what only filters or shows it
    return name !== null && source ? source : expressionValue(elements.slice(from), this.#variables)
  }

  #command(name: string, rest: readonly Element[], source: Value | null): Value | null {
    const lower = name.toLowerCase()
    const program = imageName(name)
    if (programs.has(program)) {
      if (program === 'at' && rest.length === 0) return {} // a word like any other, where text is no script
      const text = nativeCommandLine([name, ...nativeWords(rest, this.#variables)])
      this.#take({ kind: 'command-line', text, target: null })
      return {}
    }
    const cmdlet = lower.slice(lower.lastIndexOf('\\') + 1)
    const parameters = parametersOf(rest, this.#variables)
    if (cmdlet === 'invoke-command' || cmdlet === 'icm') {
      const computer = textOf(parameters.named.get('computername') ?? parameters.named.get('cn'))
      if (computer) this.#sendTo(computer, rest)
      return {}
    }
    if (cmdlet === 'new-object') {
      const made = parameters.named.get('comobject') ?? parameters.named.get('com') ?? parameters.named.get('typename')
      const name = textOf(made ?? parameters.positional[0]) ?? undefined
      this.#com.see(name)
      const given = parameters.named.get('argumentlist') ?? parameters.positional[made ? 0 : 1]
      return { part: netPart(name ?? '', given?.items ?? (given ? [given] : [])) }
    }
    // script blocks are text to the job that runs them
    if (cmdlet.endsWith('-scheduledjob')) return this.#job(cmdlet, rest, source)
    const outcome = runCmdlet(cmdlet, parameters, source, this.#parts)
    if (!outcome) return null
    this.#take(outcome.found ?? null)
    if (cmdlet.startsWith('new-scheduledtask') && outcome.value?.part)
      this.#parts = joinedParts(outcome.value.part, this.#parts)
    if (cmdlet === 'register-scheduledtask') this.#parts = noPart
    return outcome.value ?? {}
  }

  #job(cmdlet: string, rest: readonly Element[], source: Value | null): Value {
    const texts = rest.map((element): Element => {
      if (element.kind !== 'group' || element.open !== '{') return element
      return { kind: 'string', parts: [element.group.source], glued: false }
    })
    const outcome = runCmdlet(cmdlet, parametersOf(texts, this.#variables), source, noPart)
    this.#take(outcome?.found ?? null)
    return outcome?.value ?? {}
  }

  /** What a script block holds is asked of the host that it is sent to. */
  #sendTo(host: string, elements: readonly Element[]): void {
    for (const element of elements) {
      const group = element.kind === 'group' ? groupValue(element.group.closed) : null
      for (let i = group?.foundFrom ?? 0; i < (group?.foundTo ?? 0); i++) {
        const one = this.found[i]
        if (one?.kind === 'command' && one.command.target === null)
          this.found[i] = { kind: 'command', command: { ...one.command, target: host } }
        else if (one && 'target' in one && one.target === null) this.found[i] = { ...one, target: host }
      }
    }
  }

  /** `….Method(…)`, `[type]::Method(…)`: of COM objects, of WMI classes, and of what reads a file. */
  #methods(elements: readonly Element[]): Value | null {
    let read: Value | null = null
    for (let i = 1; i < elements.length; i++) {
      const element = elements[i]
      const before = elements[i - 1]
      if (element?.kind !== 'group' || element.open !== '(' || !element.glued || before?.kind !== 'word') continue
      const method = before.text.slice(Math.max(before.text.lastIndexOf('.'), before.text.lastIndexOf(':')) + 1)
      const value = elementValue(element, this.#variables)
      const args = value.items ?? [value]
      const found = this.#com.call(before.text.toLowerCase(), args)
      const made = madeBy(method.toLowerCase(), elements[i - 2], args)
      if (found) this.#take(found)
      else if (made) read = made
      else if (/^readall(?:text|lines)$/i.test(method)) read = { part: { ...noPart, xmlFile: textOf(args[0]) } }
      else this.#wmiMethod(elements, method.toLowerCase(), args)
    }
    return read
  }

  /** `([wmiclass]'…:Win32_ScheduledJob').Create('command', …)`, `(gwmi Win32_ScheduledJob).Delete()`. */
  #wmiMethod(elements: readonly Element[], method: string, args: readonly Value[]): void {
    if (method !== 'create' && method !== 'delete') return
    const first = isCast(elements[0]) ? elements[1] : elements[0]
    const value = elementValue(first, this.#variables)
    const wmiClass = classIn(textOf(value.fields?.get('class') ?? value) ?? '')
    if (!wmiClass) return
    const text = textOf(args[0])
    if (wmiClass === 'win32_process') {
      if (text !== null) this.#take({ kind: 'command-line', text, target: null })
      return
    }
    const verb = wmiVerb('', method)
    const definition = verb === 'create' ? jobDefinition(text, textOf(args[1]) ?? '') : null
    this.#take({ kind: 'command', command: commandOf('wmi', verb, { definition, target: value.target ?? null }) })
  }

  #take(found: Found | null): void {
    if (found && this.found.length < MAX_FOUND) this.found.push(found)
  }
}

/** A script that asks for more has said what it is about. */
const MAX_FOUND = 256

const spans: Readonly<Record<string, number>> = {
  __proto__: null as never,
  fromseconds: 1,
  fromminutes: 60,
  fromhours: 3600,
  fromdays: 86_400,
}

/** `[TimeSpan]::FromMinutes(5)` as a duration, `[Microsoft.Win32.TaskScheduler.ExecAction]::new(…)` as what it says. */
function madeBy(method: string, type: Element | undefined, args: readonly Value[]): Value | null {
  if (type?.kind !== 'word' || !isCast(type)) return null
  if (method === 'new') return { part: netPart(type.text.slice(1, -1), args) }
  const seconds = (spans[method] ?? Number.NaN) * Number(textOf(args[0]) ?? Number.NaN)
  return Number.isSafeInteger(seconds) && seconds > 0 ? { text: `PT${seconds}S` } : null
}

const isKeyword = (element: Element | undefined) => element?.kind === 'word' && keywords.has(element.text.toLowerCase())
const isGluedGroup = (element: Element | undefined) =>
  element?.kind === 'group' && element.open === '(' && element.glued

/** What stands where a command stands: a plain word, or anything known behind `&`. */
function commandName(
  element: Element | undefined,
  called: boolean,
  variables: ReadonlyMap<string, Value>,
): string | null {
  if (element?.kind === 'word' && !called) return /^[$@[\-.:+*/%!]/.test(element.text) ? null : element.text
  return textOf(elementValue(element, variables))
}
