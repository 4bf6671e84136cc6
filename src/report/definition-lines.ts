import type { Chain } from '../model/chain.ts'
import { counted } from '../model/counted.ts'
import type { Action, TaskDefinition, TriggerKind } from '../model/definition.ts'
import { fileLines } from './file-identity.ts'
import { accountName, legible } from './legible.ts'
import { wrap } from './wrap.ts'

/** Actions that are told before the rest is only counted. */
const toldActions = 12

/** What the task starts, as whom and when, as far as a definition or a command tells. */
export function definitionLines({
  definition,
  definitionProblem,
  statedAction,
  statedRunAs,
  payload,
}: Chain): string[] {
  const first = { first: '  to run  ', rest: '          ' }
  const more = { first: '          ', rest: '          ' }
  if (!definition) {
    return [
      ...(statedAction === null ? [] : wrap(legible(statedAction), first)),
      ...payloadLines(payload),
      ...(statedRunAs === null ? [] : wrap(`as ${accountName(statedRunAs)}`, more)),
      ...(definitionProblem === null
        ? []
        : wrap(`its definition could not be read: ${legible(definitionProblem)}`, { first: '  ', rest: '    ' })),
    ]
  }
  const { actions } = definition
  return [
    ...actions.slice(0, toldActions).flatMap((action) => wrap(legible(actionText(action)), first)),
    ...(actions.length > toldActions
      ? [`          … and ${counted(actions.length - toldActions, 'more action')}`]
      : []),
    ...(statedAction === null ? [] : wrap(`in the registry: ${legible(statedAction)}`, more)),
    ...payloadLines(payload),
    ...wrap(traitsOf(definition).join(', '), more),
    ...(definitionProblem === null ? [] : wrap(`read in part: ${legible(definitionProblem)}`, more)),
  ]
}

/** What is known of the files that it starts or opens. */
const payloadLines = (payload: Chain['payload']): string[] =>
  payload.flatMap(({ path, file }) => fileLines(file, '          ', payload.length > 1 ? baseName(path) : ''))

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
