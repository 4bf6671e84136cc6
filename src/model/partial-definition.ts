import type { CalendarSchedule, Repetition, TaskSettings, TriggerKind } from './definition.ts'

/** What a command says of a task's definition; null, or left out, where it says nothing. */
export interface PartialDefinition {
  readonly actions: readonly StatedAction[] | null
  readonly triggers: readonly StatedTrigger[] | null
  readonly principal: StatedPrincipal | null
  readonly settings: StatedSettings
  readonly author: string | null
  readonly description: string | null
}

/** Of settings in parts (`idleSettings`) only what is said. */
export type StatedSettings = { readonly [K in keyof TaskSettings]?: Stated<TaskSettings[K]> }
type Stated<T> = T extends object ? Partial<T> : T

export type StatedAction =
  /** Program and arguments as one command line: most commands do not say where the one ends. */
  | { readonly kind: 'exec'; readonly commandLine: string; readonly workingDirectory: string | null }
  | { readonly kind: 'com-handler'; readonly classId: string; readonly data: string | null }

export interface StatedTrigger {
  /** Null: a change of what triggers there are. */
  readonly kind: TriggerKind | null
  /** `09:00`, 24 hours. */
  readonly timeOfDay: string | null
  /** As written: the order of day and month is the host's own. */
  readonly startDate: string | null
  readonly endDate: string | null
  readonly repetition: Repetition | null
  /** Empty lists are not said. */
  readonly schedule: CalendarSchedule | null
  /** ISO 8601 duration, random for times and dates. */
  readonly delay: string | null
  readonly userId: string | null
  /** Of an event: the log and the XPath query in it. */
  readonly channel: string | null
  readonly query: string | null
}

export interface StatedPrincipal {
  /** A user or a group. */
  readonly account: string | null
  /** By the schema's names: `InteractiveToken`, `S4U`, `Password`, … */
  readonly logonType: string | null
  readonly runLevel: 'LeastPrivilege' | 'HighestAvailable' | null
  readonly requiredPrivileges: readonly string[] | null
}

export const saysNothing: PartialDefinition = {
  actions: null,
  triggers: null,
  principal: null,
  settings: {},
  author: null,
  description: null,
}

export const silentTrigger: StatedTrigger = {
  kind: null,
  timeOfDay: null,
  startDate: null,
  endDate: null,
  repetition: null,
  schedule: null,
  delay: null,
  userId: null,
  channel: null,
  query: null,
}

export const silentPrincipal: StatedPrincipal = {
  account: null,
  logonType: null,
  runLevel: null,
  requiredPrivileges: null,
}

/** Null for one that says nothing at all. */
export function orNull(partial: PartialDefinition): PartialDefinition | null {
  const { actions, triggers, principal, settings, author, description } = partial
  const silent = [actions, triggers, principal, author, description].every((said) => said === null)
  return silent && Object.keys(settings).length === 0 ? null : partial
}

/** What two say together; where both speak, the first counts. */
export function joined(one: PartialDefinition, other: PartialDefinition): PartialDefinition {
  return {
    actions: one.actions ?? other.actions,
    triggers: one.triggers ?? other.triggers,
    principal: joinedPrincipals(one.principal, other.principal),
    settings: { ...other.settings, ...one.settings },
    author: one.author ?? other.author,
    description: one.description ?? other.description,
  }
}

function joinedPrincipals(one: StatedPrincipal | null, other: StatedPrincipal | null): StatedPrincipal | null {
  if (!one || !other) return one ?? other
  return {
    account: one.account ?? other.account,
    logonType: one.logonType ?? other.logonType,
    runLevel: one.runLevel ?? other.runLevel,
    requiredPrivileges: one.requiredPrivileges ?? other.requiredPrivileges,
  }
}
