import type { TaskChain } from '../model/chain.ts'
import { counted } from '../model/counted.ts'
import type { Action, TaskDefinition, TriggerKind } from '../model/definition.ts'
import { fileText } from './file-identity.ts'
import { accountName, legible } from './legible.ts'
import type { Paragraph } from './paragraph.ts'
import type { Prefixes } from './wrap.ts'

/** Actions that are told before the rest is only counted. */
const toldActions = 12

/** A line about what a task is: what it starts, what is known of the files, or anything else. */
export type DefinitionLine = Paragraph & { readonly kind: 'action' | 'file' | 'other' }

const line = (kind: DefinitionLine['kind'], text: string, { first, rest }: Prefixes): DefinitionLine => ({
  kind,
  text,
  first,
  rest,
})

const below = '          '
const toRun = { first: '  to run  ', rest: below }
const under = { first: below, rest: below }

/** What the task starts, as whom and when, as far as a definition or a command tells. */
export function definitionLines({
  definition,
  definitionProblem,
  statedAction,
  statedRunAs,
  payload,
}: TaskChain): DefinitionLine[] {
  if (!definition) {
    const problem = `its definition could not be read: ${legible(definitionProblem ?? '')}`
    return [
      ...(statedAction === null ? [] : [line('action', legible(statedAction), toRun)]),
      ...payloadLines(payload),
      ...(statedRunAs === null ? [] : [line('other', `as ${accountName(statedRunAs)}`, under)]),
      ...(definitionProblem === null ? [] : [line('other', problem, { first: '  ', rest: '    ' })]),
    ]
  }
  const { actions } = definition
  const more = actions.length - toldActions
  return [
    ...actions.slice(0, toldActions).map((action) => line('action', legible(actionText(action)), toRun)),
    ...(more > 0 ? [line('action', `… and ${counted(more, 'more action')}`, under)] : []),
    ...(statedAction === null ? [] : [line('action', `in the registry: ${legible(statedAction)}`, under)]),
    ...payloadLines(payload),
    line('other', traitsOf(definition).join(', '), under),
    ...(definitionProblem === null ? [] : [line('other', `read in part: ${legible(definitionProblem)}`, under)]),
  ]
}

/** What is known of the files that it starts or opens. */
const payloadLines = (payload: TaskChain['payload']): DefinitionLine[] =>
  payload.flatMap(({ path, file }) => {
    const text = fileText(file, payload.length > 1 ? baseName(path) : '')
    return text === '' ? [] : [line('file', text, { first: '        ', rest: below })]
  })

const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

function actionText(action: Action): string {
  switch (action.kind) {
    case 'exec':
      return `${action.command} ${action.arguments ?? ''}`
    case 'com-handler':
      return `COM handler ${action.classId} ${action.data ?? ''}`
    case 'send-email':
      return `an e-mail to ${action.to ?? '?'} through ${action.server ?? '?'}`
    case 'show-message':
      return `a message: ${action.title ?? ''} ${action.body ?? ''}`
    default:
      return action satisfies never
  }
}

const triggerSays: Record<TriggerKind, string> = {
  boot: 'at boot',
  logon: 'at logon',
  time: 'at a set time',
  calendar: 'on a schedule',
  event: 'on an event',
  idle: 'when idle',
  registration: 'when registered',
  'session-state-change': 'on a change of session',
  'wnf-state-change': 'on a change of state (WNF)',
}

function traitsOf({ principals: [principal], settings, triggers }: TaskDefinition): string[] {
  const account = principal?.userId ?? principal?.groupId
  const when = [...new Set(triggers.map((t) => `${triggerSays[t.kind]}${t.enabled ? '' : ' (disabled)'}`))]
  const starts = triggers.some((t) => t.enabled) ? '' : ': it does not start by itself'
  return [
    account ? `as ${accountName(account)}` : '',
    principal?.runLevel === 'HighestAvailable' ? 'with highest privileges' : '',
    settings.hidden ? 'hidden' : '',
    settings.enabled ? '' : 'disabled',
    when.length > 0 ? `${when.join(', ')}${starts}` : 'without a trigger',
  ].filter((trait) => trait !== '')
}
