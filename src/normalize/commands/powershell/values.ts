import { joined, type PartialDefinition, saysNothing } from '../../../model/partial-definition.ts'
import { actionOf, execOf, type Found, otherHost } from '../found.ts'
import { type Element, type Opening, type StringPart, variableName } from './syntax.ts'

/** What is known of a value without running the script. */
export interface Value {
  readonly text?: string
  readonly items?: readonly Value[]
  /** A hashtable's entries, or the properties that make a task's part. */
  readonly fields?: ReadonlyMap<string, Value>
  /** What it says of a task: an action, a principal, a trigger, or a definition of all three. */
  readonly part?: TaskPart
  /** The computer that it leads to. */
  readonly target?: string
}

export interface TaskPart {
  readonly definition: PartialDefinition
  readonly xmlFile: string | null
}

/** What two parts say together; where both speak, the first counts. */
export function joinedParts(one: TaskPart, other: TaskPart): TaskPart {
  return { definition: joined(one.definition, other.definition), xmlFile: one.xmlFile ?? other.xmlFile }
}

export const noPart: TaskPart = { definition: saysNothing, xmlFile: null }

export const partOf = (said: Partial<PartialDefinition>): TaskPart => ({
  definition: { ...saysNothing, ...said },
  xmlFile: null,
})

/** What a cmdlet does: a value for whoever uses it, and what it asks for. */
export interface Outcome {
  readonly value?: Value
  readonly found?: Found
}

/** What a group of brackets stands for once it is closed. */
export interface GroupValue {
  readonly value: Value
  /** How many things had been found when it opened and when it closed. */
  readonly foundFrom: number
  readonly foundTo: number
}

export type Variables = ReadonlyMap<string, Value>

const nothing: Value = {}

/** Windows takes no longer command line, and doubling a variable again and again must end somewhere. */
const MAX_TEXT = 32_767

/** The value of one element, as far as it is known. */
export function elementValue(element: Element | undefined, variables: Variables): Value {
  switch (element?.kind) {
    case 'word':
      return wordValue(element.text, variables)
    case 'string':
      return { text: expanded(element.parts, variables) }
    case 'group':
      return groupValue(element.group.closed)?.value ?? nothing
    default:
      return nothing
  }
}

export function groupValue(closed: unknown): GroupValue | null {
  return closed && typeof closed === 'object' && 'value' in closed ? (closed as GroupValue) : null
}

function wordValue(text: string, variables: Variables): Value {
  if (!text.startsWith('$') && !text.startsWith('@')) return { text }
  const name = variableName(text.slice(1))
  if (name === 'true' || name === 'false') return { text: name }
  return variables.get(name) ?? nothing
}

/** A string with the variables that are known put in and the others left as they stand. */
export function expanded(parts: readonly StringPart[], variables: Variables): string {
  let text = ''
  for (const part of parts) {
    text += typeof part === 'string' ? part : (variables.get(variableName(part.variable))?.text ?? `$${part.variable}`)
    if (text.length > MAX_TEXT && parts.length > 1) break
  }
  return text
}

/** The value of an expression: literals joined by `+`, a list, a cast; nothing for what has to be run. */
export function expressionValue(elements: readonly Element[], variables: Variables): Value {
  const rest = withoutCasts(elements)
  if (rest.length === 1) return elementValue(rest[0], variables)
  const items: Value[] = []
  let joined: Value | null = null
  let operator: '+' | ',' | null = ','
  for (const element of rest) {
    if (element.kind === 'comma') operator = ','
    else if (element.kind === 'word' && element.text === '+') operator = '+'
    else {
      const value = elementValue(element, variables)
      if (operator === null) return nothing
      if (operator === '+' && joined) {
        if (joined.text === undefined || value.text === undefined) return nothing
        joined = { text: (joined.text + value.text).slice(0, MAX_TEXT) }
        items[items.length - 1] = joined
      } else {
        joined = value
        items.push(value)
      }
      operator = null
    }
  }
  return items.length > 1 ? { items } : (items[0] ?? nothing)
}

function withoutCasts(elements: readonly Element[]): readonly Element[] {
  let from = 0
  while (from < elements.length - 1 && isCast(elements[from])) from++
  return from === 0 ? elements : elements.slice(from)
}

export function isCast(element: Element | undefined): boolean {
  return element?.kind === 'word' && element.text.startsWith('[') && element.text.endsWith(']')
}

/** The text of a value; of a list its first. */
export function textOf(value: Value | undefined): string | null {
  return value?.text ?? value?.items?.[0]?.text ?? null
}

/** The text of a value; a list's items joined by blanks, as `-ArgumentList` takes them. */
export function wordsOf(value: Value | undefined): string | null {
  if (!value?.items) return value?.text ?? null
  return value.items.map((item) => item.text ?? '').join(' ')
}

/** Named parameters in lower case, and the others in order. */
export interface Parameters {
  readonly named: ReadonlyMap<string, Value>
  readonly positional: readonly Value[]
}

/** Common switches: what follows one is not its value. */
const switches = new Set([
  ...['force', 'whatif', 'verbose', 'debug', 'passthru', 'asjob', 'runnow', 'nonewwindow', 'wait', 'hidden', 'disable'],
  ...['atlogon', 'atstartup', 'once', 'daily', 'weekly', 'confirm', 'enableallprivileges', 'usetransaction', 'enabled'],
  ...['allowstartifonbatteries', 'dontstopifgoingonbatteries', 'disallowdemandstart', 'disallowhardterminate'],
  ...['startwhenavailable', 'waketorun', 'runonlyifidle', 'runonlyifnetworkavailable', 'dontstoponidleend'],
  ...['restartonidle', 'disallowstartonremoteappsession', 'maintenanceexclusive', 'repeatindefinitely'],
])

/** The parameters of a command, given the elements behind its name. Splatted hashtables count as named. */
export function parametersOf(elements: readonly Element[], variables: Variables): Parameters {
  const named = new Map<string, Value>()
  const positional: Value[] = []
  for (let i = 0; i < elements.length; ) {
    const element = elements[i]
    if (element?.kind === 'word' && element.text.startsWith('@')) {
      for (const [name, value] of variables.get(variableName(element.text.slice(1)))?.fields ?? [])
        named.set(name, value)
      i++
      continue
    }
    const name = parameterName(element)
    if (name === null) {
      const end = listEnd(elements, i)
      positional.push(expressionValue(elements.slice(i, end), variables))
      i = end
      continue
    }
    i++
    const colon = element?.kind === 'word' && element.text.endsWith(':')
    const valued = i < elements.length && parameterName(elements[i]) === null && (colon || !switches.has(name))
    const end = valued ? listEnd(elements, i) : i
    named.set(name, valued ? expressionValue(elements.slice(i, end), variables) : { text: 'true' })
    i = end
  }
  return { named, positional }
}

function parameterName(element: Element | undefined): string | null {
  if (element?.kind !== 'word' || !/^[-\u2013\u2014\u2015][a-z]/i.test(element.text)) return null
  const text = element.text.slice(1).toLowerCase()
  return text.endsWith(':') ? text.slice(0, -1) : text
}

/** Behind one argument: an element, those glued to it, and the further items of a list. */
function listEnd(elements: readonly Element[], from: number): number {
  let end = from + 1
  for (; end < elements.length; end++) {
    const element = elements[end]
    const before = elements[end - 1]
    if (element?.kind === 'comma' || before?.kind === 'comma') continue
    if (element && 'glued' in element && element.glued && isCast(before)) continue
    break
  }
  return end
}

/** A parameter by its name or any beginning of it that is long enough to mean it. */
export function parameter({ named }: Parameters, name: string): Value | undefined {
  const exact = named.get(name)
  if (exact) return exact
  for (const [given, value] of named) if (given.length >= 3 && name.startsWith(given)) return value
  return undefined
}

/** The other host that a cmdlet is for. */
export function targetOf(parameters: Parameters): string | null {
  const session = parameter(parameters, 'cimsession') ?? parameter(parameters, 'computername')
  return session?.target ?? otherHost(textOf(session))
}

/** Words for a program: what is not known stands as it was written. */
export function nativeWords(elements: readonly Element[], variables: Variables): string[] {
  const words: string[] = []
  let joins = false
  for (const element of elements) {
    const text = nativeText(element, variables)
    if (words.length > 0 && (joins || element.kind === 'comma' || ('glued' in element && element.glued)))
      words[words.length - 1] += text
    else words.push(text)
    joins = element.kind === 'comma'
  }
  return words
}

const brackets: Readonly<Record<Opening, readonly [string, string]>> = {
  '(': ['(', ')'],
  '{': ['{', '}'],
  '@{': ['@{', '}'],
}

function nativeText(element: Element, variables: Variables): string {
  switch (element.kind) {
    case 'comma':
      return ','
    case 'assign':
      return element.appends ? '+=' : '='
    case 'group': {
      const [open, close] = brackets[element.open]
      return wordsOf(elementValue(element, variables)) ?? `${open}${element.group.source}${close}`
    }
    default:
      return elementValue(element, variables).text ?? (element.kind === 'word' ? element.text : '')
  }
}

/** An action from a program and its arguments. */
export function actionPart(program: string | null, args: string | null, folder: string | null = null): TaskPart {
  return partOf({ actions: execOf(actionOf(program, args), folder) })
}

/** What a value says of a task; of a list what its items say together, actions and triggers in order. */
export function partIn(value: Value | undefined): TaskPart {
  if (value?.part || !value?.items) return value?.part ?? noPart
  let all = noPart
  for (const { part } of value.items) {
    if (!part) continue
    const [before, next] = [all.definition, part.definition]
    const both = joinedParts(all, part)
    all = {
      ...both,
      definition: {
        ...both.definition,
        actions: before.actions && next.actions ? [...before.actions, ...next.actions] : both.definition.actions,
        triggers: before.triggers && next.triggers ? [...before.triggers, ...next.triggers] : both.definition.triggers,
      },
    }
  }
  return all
}

/** The texts of a value: itself, or the items of a list. */
export function textsOf(value: Value | undefined): string[] {
  return (value?.items ?? [value]).flatMap((item) => item?.text ?? [])
}
