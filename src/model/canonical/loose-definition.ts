import type { Action, Principal, TaskDefinition, Trigger } from '../definition.ts'
import { canonicalAccount, isWellKnownAccount } from './account.ts'
import { canonicalised } from './canonical-definition.ts'
import { printed, sorted } from './printed.ts'

/**
 * The canonical form with what differs from host to host generalised, so that the same software on a thousand hosts is one
 * thing: user names, SIDs, GUIDs, versions, host names, long numbers, the time of day, and whether the task is enabled.
 * `docs/definitions.md` has the form exactly.
 */
export function looseDefinition(definition: TaskDefinition): string {
  return printed('tasktrail.loose-definition/1', loosened(definition))
}

/** A definition in the terms of the loose form; of a loose one the same again. */
export function loosened(definition: TaskDefinition): TaskDefinition {
  const canonical = canonicalised(definition)
  const names = namesIn(canonical, definition.registrationInfo.author)
  const text = (one: string | null) => (one === null ? null : generalised(one, names))
  return {
    ...canonical,
    actions: sorted(canonical.actions.map((action) => looseAction(action, text))),
    triggers: sorted(
      canonical.triggers.map((trigger) => looseTrigger(trigger, text)),
      'once',
    ),
    principals: sorted(canonical.principals.map(loosePrincipal), 'once'),
    settings: { ...canonical.settings, enabled: true },
  }
}

type Generalise = (text: string | null) => string | null

function looseAction(action: Action, text: Generalise): Action {
  switch (action.kind) {
    case 'exec':
      return {
        ...action,
        command: text(action.command) ?? '',
        arguments: text(action.arguments),
        workingDirectory: text(action.workingDirectory),
      }
    case 'com-handler':
      return { ...action, data: text(action.data) } // its class is what it does
    case 'send-email':
      return {
        ...action,
        server: text(action.server),
        subject: text(action.subject),
        to: text(action.to),
        cc: text(action.cc),
        bcc: text(action.bcc),
        replyTo: text(action.replyTo),
        from: text(action.from),
        headerFields: sorted(action.headerFields.map(({ name, value }) => ({ name, value: text(value) ?? '' }))),
        body: text(action.body),
        attachments: action.attachments.map((file) => text(file) ?? '').sort(),
      }
    case 'show-message':
      return { ...action, title: text(action.title), body: text(action.body) }
  }
}

function looseTrigger(trigger: Trigger, text: Generalise): Trigger {
  switch (trigger.kind) {
    case 'time':
    case 'calendar':
      return { ...trigger, startBoundary: null, randomDelay: null }
    case 'logon':
    case 'session-state-change':
      return { ...trigger, userId: account(trigger.userId, '{user}') }
    case 'event':
      return { ...trigger, subscription: text(trigger.subscription) }
    default:
      return trigger
  }
}

function loosePrincipal(principal: Principal): Principal {
  return { ...principal, userId: account(principal.userId, '{user}'), groupId: account(principal.groupId, '{group}') }
}

const account = (canonical: string | null, general: string) =>
  canonical === null || isWellKnownAccount(canonical) ? canonical : general

/** `DOMAIN\name` or `name`; not a path, nor a resource (`$(@%SystemRoot%\x.dll,-1)`), which authors of Windows' own tasks are. */
const accountName = /^(?:([^\\/:$%@(){}"]{1,64})\\)?([^\\/:%@(){}"]{1,64})$/

/** Shorter names are words of too many other things. */
const MIN_NAME = 3

/** Users and domains that a canonical definition names: they may stand in its paths and arguments too. */
function namesIn({ principals, triggers }: TaskDefinition, author: string | null): RegExp | null {
  return namesOf([
    ...principals.map((principal) => principal.userId),
    ...triggers.map((trigger) => ('userId' in trigger ? trigger.userId : null)),
    author?.includes('\\') ? canonicalAccount(author) : null, // without a domain it may be a product or a company
  ])
}

/** The names and domains of these accounts, as they may stand in a text in lower case; null where there is none. */
export function namesOf(accounts: readonly (string | null)[]): RegExp | null {
  const names = new Set<string>()
  for (const one of accounts) {
    if (one === null || isWellKnownAccount(one)) continue
    for (const name of accountName.exec(one)?.slice(1) ?? [])
      if (name !== undefined && name.length >= MIN_NAME) names.add(RegExp.escape(name))
  }
  if (names.size === 0) return null
  return new RegExp(`(?<![\\p{L}\\p{N}_{])(?:${[...names].join('|')})(?![\\p{L}\\p{N}_}])`, 'gu')
}

/** Lower case, with what differs from host to host as a token; `names` are users and domains that may stand in it. */
export function generalised(text: string, names: RegExp | null): string {
  const lower = text.toLowerCase()
  return (names ? lower.replace(names, '{user}') : lower)
    .replace(/%username%/g, '{user}')
    .replace(/%(?:computername|userdomain|userdnsdomain|logonserver)%/g, '{host}')
    .replace(/(?<![^\s"'=,;(])\\\\[^\\\s"'?.][^\\\s"']{0,254}(?=\\)/g, '\\\\{host}')
    .replace(/s-1-(?:5-21|12-1)(?:-\d{1,10}){1,8}/g, '{sid}')
    .replace(/\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?/g, '{guid}')
    .replace(/(?<!\d)\d{1,10}(?:\.\d{1,10})+/g, '{version}')
    .replace(/\d{5,}/g, '{number}')
    .replace(/\s+/g, ' ')
    .trim()
}
