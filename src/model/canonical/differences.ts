import { counted } from '../counted.ts'
import type { Principal, RegistrationInfo, TaskDefinition, TaskSettings, Trigger } from '../definition.ts'
import { liveTriggers } from '../trigger.ts'
import { nameOfSid } from '../windows/accounts.ts'
import { canonicalAction, canonicalPrincipal, canonicalTrigger } from './canonical-definition.ts'
import { describeAction, describeTrigger, principalOf } from './describe.ts'
import { json } from './printed.ts'
import { comparable } from './time.ts'

/**
 * What makes `after` another task than `before`, in plain statements, the weightiest first. What is only written differently
 * (`C:\Windows` for `%windir%`) is no difference. Text from the input is not escaped.
 */
export function differences(before: TaskDefinition, after: TaskDefinition): string[] {
  return [
    ...changedList('action', before.actions, after.actions, (one) => json(canonicalAction(one)), describeAction),
    ...principalDifferences(principalOf(before), principalOf(after)),
    ...settingDifferences(before.settings, after.settings, weighty),
    ...startDifferences(before, after),
    ...changedList('trigger', before.triggers, after.triggers, triggerKey, describeTrigger),
    ...settingDifferences(before.settings, after.settings, light),
    ...infoDifferences(before.registrationInfo, after.registrationInfo),
  ]
}

/** With triggers that are all disabled a task does not start by itself, whatever they say. */
function startDifferences(before: TaskDefinition, after: TaskDefinition): string[] {
  const [was, is] = [before, after].map((one) => one.triggers.length > 0 && liveTriggers(one).length === 0)
  if (was === is) return []
  return [is ? 'no longer starts by itself: all its triggers are disabled' : 'its triggers are no longer all disabled']
}

/** A disabled trigger has a key of its own, and so has one with another date. */
function triggerKey(trigger: Trigger): string {
  const [canonical = trigger] = canonicalTrigger({ ...trigger, enabled: true })
  const boundaries = [trigger.kind === 'time' ? trigger.startBoundary : null, trigger.endBoundary]
  return `${json(canonical)} ${trigger.enabled} ${boundaries.join(' ')}`
}

/** Items that only one side has; those that stand alone for each other are a change, others are added and removed. */
function changedList<T>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  describe: (item: T) => string,
): string[] {
  const removed = without(before, after, keyOf)
  const added = without(after, before, keyOf)
  const changed: string[] = []
  for (let i = 0; i < Math.min(removed.length, added.length); i++) {
    const [from, to] = [removed[i], added[i]]
    if (from && to) changed.push(`${what}: ${describe(from)} → ${describe(to)}`)
  }
  return [
    ...changed,
    ...added.slice(changed.length).map((item) => `${what} added: ${describe(item)}`),
    ...removed.slice(changed.length).map((item) => `${what} removed: ${describe(item)}`),
  ]
}

/** The items that are left when each has been struck out once for each equal one among the others. */
function without<T>(items: readonly T[], others: readonly T[], keyOf: (item: T) => string): T[] {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1)
  return items.filter((item) => {
    const key = keyOf(item)
    const left = counts.get(key) ?? 0
    if (left > 0) counts.set(key, left - 1)
    return left === 0
  })
}

function principalDifferences(before: Principal | undefined, after: Principal | undefined): string[] {
  const [from, to] = [before && canonicalPrincipal(before), after && canonicalPrincipal(after)]
  const account = (one: Principal | undefined) => one?.userId ?? one?.groupId ?? null
  const statements: string[] = []
  if (account(from) !== account(to)) statements.push(`runs as ${shown(account(after))}, was ${shown(account(before))}`)
  if ((from?.runLevel ?? 'LeastPrivilege') !== (to?.runLevel ?? 'LeastPrivilege'))
    statements.push(
      to?.runLevel === 'HighestAvailable' ? 'now with highest privileges' : 'no longer with highest privileges',
    )
  const privileges = (one: Principal | undefined) => one?.requiredPrivileges.join(', ') || 'what the account has'
  if (privileges(from) !== privileges(to)) statements.push(`privileges: ${privileges(before)} → ${privileges(after)}`)
  if (from && to && account(from) === account(to) && from.logonType !== to.logonType)
    statements.push(`logon type: ${before?.logonType ?? 'not said'} → ${after?.logonType ?? 'not said'}`)
  if ((from?.processTokenSidType ?? null) !== (to?.processTokenSidType ?? null))
    statements.push(
      `process token SID type: ${before?.processTokenSidType ?? 'not said'} → ${after?.processTokenSidType ?? 'not said'}`,
    )
  return statements
}

/** An account as written, or by the name that everybody knows. */
function shown(account: string | null): string {
  return account === null ? 'nobody in particular' : (nameOfSid(account) ?? account)
}

type Said = { readonly [K in keyof TaskSettings]?: (value: TaskSettings[K]) => string }

const weighty: Said = {
  hidden: (hidden) => (hidden ? 'now hidden' : 'no longer hidden'),
  enabled: (enabled) => (enabled ? 'enabled' : 'disabled'),
}

const yes = (name: string) => (value: boolean) => (value ? `now ${name}` : `no longer ${name}`)

const light: Said = {
  deleteExpiredTaskAfter: (after) => (after === null ? 'stays when expired' : `deleted ${after} after it expired`),
  allowStartOnDemand: (allowed) => (allowed ? 'can be run by hand' : 'can no longer be run by hand'),
  startWhenAvailable: yes('started late when missed'),
  wakeToRun: yes('waking the computer'),
  runOnlyIfIdle: yes('only when idle'),
  runOnlyIfNetworkAvailable: yes('only with a network'),
  volatile: yes('gone with the next start of Windows'),
  restartOnFailure: (restart) =>
    restart
      ? `restarted ${counted(restart.count, 'time')} every ${restart.interval} on failure`
      : 'no longer restarted on failure',
  maintenanceSettings: (one) => (one ? `part of maintenance every ${one.period}` : 'no longer part of maintenance'),
  multipleInstancesPolicy: (policy) => `further instances: ${policy}`,
  executionTimeLimit: (limit) => `time limit: ${limit}`,
  priority: (priority) => `priority: ${priority}`,
  disallowStartIfOnBatteries: (disallowed) => (disallowed ? 'no longer starts on batteries' : 'starts on batteries'),
  stopIfGoingOnBatteries: (stops) => (stops ? 'stopped on batteries' : 'goes on on batteries'),
}

function settingDifferences(before: TaskSettings, after: TaskSettings, said: Said): string[] {
  return (Object.keys(said) as (keyof TaskSettings)[]).flatMap((name) => {
    if (comparable(before[name]) === comparable(after[name])) return []
    const statement = said[name] as (value: unknown) => string
    return [statement(after[name])]
  })
}

/** The date is missing: each update has its own. */
const infoNames = {
  author: 'author',
  uri: 'URI',
  source: 'source',
  securityDescriptor: 'security descriptor',
  description: 'description',
  documentation: 'documentation',
  version: 'version',
} as const

function infoDifferences(before: RegistrationInfo, after: RegistrationInfo): string[] {
  return (Object.keys(infoNames) as (keyof typeof infoNames)[])
    .filter((name) => before[name] !== after[name])
    .map((name) => `${infoNames[name]}: ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`)
}
