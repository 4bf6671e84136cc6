import type { Action, CalendarSchedule, TaskDefinition, TaskSettings, Trigger } from '../definition.ts'
import type {
  PartialDefinition,
  StatedAction,
  StatedPrincipal,
  StatedSettings,
  StatedTrigger,
} from '../partial-definition.ts'
import { isSameAccount } from './account.ts'
import { describeAction, describeTrigger, principalOf } from './describe.ts'
import { canonicalArguments } from './path-text.ts'
import { canonicalDuration, comparable, timeOfDay } from './time.ts'

/**
 * Whether a definition can be what a command asked for. `no`: they contradict each other, `reasons` say in what; `yes`: what
 * the command says is so; `unknown`: it says nothing that could be compared, `reasons` say what stood in the way.
 */
export interface Compatibility {
  readonly compatible: 'yes' | 'no' | 'unknown'
  readonly reasons: readonly string[]
}

/** One thing that was compared: true when it agrees, a reason when it does not, null when that cannot be told. */
type Finding = { readonly agrees: true } | { readonly agrees: false | null; readonly reason: string }

const agrees: Finding = { agrees: true }
const contradicts = (reason: string): Finding => ({ agrees: false, reason })
const cannotTell = (reason: string): Finding => ({ agrees: null, reason })

export function compatibility(partial: PartialDefinition, definition: TaskDefinition): Compatibility {
  const findings = [
    ...(partial.actions ?? []).map((action) => actionIn(definition.actions, action)),
    ...principalFindings(partial.principal, definition),
    ...(partial.triggers ?? []).map((trigger) => triggerIn(definition.triggers, trigger)),
    ...settingFindings(partial.settings, definition.settings),
    ...authorFindings(partial.author, definition.registrationInfo.author),
  ]
  const reasons = (of: false | null) => findings.flatMap((one) => (one.agrees === of ? [one.reason] : []))
  const contradictions = reasons(false)
  if (contradictions.length > 0) return { compatible: 'no', reasons: contradictions }
  const compatible = findings.some((one) => one.agrees === true) ? 'yes' : 'unknown'
  return { compatible, reasons: reasons(null) }
}

function actionIn(actions: readonly Action[], stated: StatedAction): Finding {
  const has = actions.map(describeAction).join('; ') || 'nothing'
  if (stated.kind === 'com-handler') {
    const same = actions.some((one) => one.kind === 'com-handler' && bareGuid(one.classId) === bareGuid(stated.classId))
    return same ? agrees : contradicts(`asked for COM handler ${stated.classId}, the task has ${has}`)
  }
  const wanted = commandLineForm(stated.commandLine)
  const same = actions.some(
    (one) =>
      one.kind === 'exec' &&
      commandLineForm(one.arguments === null ? one.command : `${one.command} ${one.arguments}`) === wanted,
  )
  if (same) return agrees
  if (hasVariable(wanted))
    return cannotTell(`the action ${stated.commandLine} holds a variable whose value is not known`)
  return contradicts(`asked for ${stated.commandLine}, the task has ${has}`)
}

const bareGuid = (guid: string) => guid.replace(/[{}\s]/g, '').toLowerCase()

/** Quotes are gone: those around the program are not part of `<Command>`, and others nobody writes twice the same. */
function commandLineForm(text: string): string {
  return canonicalArguments(text).replaceAll('"', '').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** `$name`, `${name}`, `!name!`, `%name%` that stands for nothing well-known. */
function hasVariable(text: string): boolean {
  const own = text.replace(/%(?:systemroot|systemdrive|programfiles(?:\(x86\))?|programdata|public|userprofile)%/g, '')
  return /\$[\w{(]|!\w{1,40}!|%\w{1,40}%/.test(own)
}

function principalFindings(stated: StatedPrincipal | null, definition: TaskDefinition): Finding[] {
  if (!stated) return []
  const principal = principalOf(definition)
  const account = principal?.userId ?? principal?.groupId ?? null
  const findings: Finding[] = []
  if (stated.account !== null && account !== null) {
    const same = hasVariable(stated.account) ? undefined : isSameAccount(stated.account, account)
    if (same) findings.push(agrees)
    else if (same === false)
      findings.push(contradicts(`asked to run as ${stated.account}, the task runs as ${account}`))
    else findings.push(cannotTell(`whether ${stated.account} is ${account} only the host could say`))
  }
  if (stated.runLevel !== null && principal) {
    const same = stated.runLevel === principal.runLevel
    findings.push(
      same ? agrees : contradicts(`asked for run level ${stated.runLevel}, the task has ${principal.runLevel}`),
    )
  }
  if (stated.logonType !== null && principal?.logonType) {
    // a token that may also come from a password is one too
    const same = principal.logonType.toLowerCase().startsWith(stated.logonType.toLowerCase())
    findings.push(
      same ? agrees : contradicts(`asked for logon type ${stated.logonType}, the task has ${principal.logonType}`),
    )
  }
  const missing = (stated.requiredPrivileges ?? []).filter(
    (one) => !principal?.requiredPrivileges.some((has) => has.toLowerCase() === one.toLowerCase()),
  )
  if (missing.length > 0) findings.push(contradicts(`asked for ${missing.join(', ')}, which the task does not have`))
  return findings
}

function triggerIn(triggers: readonly Trigger[], stated: StatedTrigger): Finding {
  let reason = `asked for a ${stated.kind ?? 'changed'} trigger, the task has none`
  for (const trigger of triggers) {
    const why = disagreement(trigger, stated)
    if (why === null) return agrees
    if (why !== '') reason = why
  }
  return contradicts(reason)
}

/** Null when the trigger can be the stated one; empty when it is of another kind. */
function disagreement(trigger: Trigger, stated: StatedTrigger): string | null {
  if (!isOfKind(trigger, stated)) return ''
  const asked =
    otherTime(trigger, stated) ??
    otherRepetition(trigger, stated) ??
    otherDays(trigger, stated) ??
    otherDelay(trigger, stated) ??
    otherUser(trigger, stated) ??
    otherEvents(trigger, stated)
  return asked && `asked for ${asked}, the task has ${describeTrigger(trigger)}`
}

// What was asked for of a trigger and is otherwise in the task's; null where nothing is.

function otherTime(trigger: Trigger, stated: StatedTrigger): string | null {
  if (stated.timeOfDay === null || (trigger.kind !== 'time' && trigger.kind !== 'calendar')) return null
  const [wanted, has] = [timeOfDay(stated.timeOfDay), timeOfDay(trigger.startBoundary)]
  // a time with a zone is another one on the host's own clock
  return has !== null && !has.endsWith('Z') && wanted !== has ? stated.timeOfDay : null
}

function otherRepetition(trigger: Trigger, { repetition: wanted }: StatedTrigger): string | null {
  if (!wanted) return null
  const has = trigger.repetition
  if (canonicalDuration(wanted.interval) !== canonicalDuration(has?.interval ?? null)) return `every ${wanted.interval}`
  const isOther =
    wanted.duration !== null && canonicalDuration(wanted.duration) !== canonicalDuration(has?.duration ?? null)
  return isOther ? `for ${wanted.duration}` : null
}

function otherDays(trigger: Trigger, stated: StatedTrigger): string | null {
  if (!stated.schedule || trigger.kind !== 'calendar') return null
  return trigger.schedule && schedulesAgree(stated.schedule, trigger.schedule) ? null : 'other days'
}

function otherDelay(trigger: Trigger, { delay: wanted }: StatedTrigger): string | null {
  const has = 'delay' in trigger ? trigger.delay : 'randomDelay' in trigger ? trigger.randomDelay : null
  return wanted !== null && canonicalDuration(wanted) !== canonicalDuration(has) ? `a delay of ${wanted}` : null
}

function otherUser(trigger: Trigger, { userId: wanted }: StatedTrigger): string | null {
  if (wanted === null || !('userId' in trigger)) return null
  return trigger.userId === null || isSameAccount(wanted, trigger.userId) === false ? wanted : null
}

function otherEvents(trigger: Trigger, { channel, query }: StatedTrigger): string | null {
  if (trigger.kind !== 'event') return null
  const text = squeezed(trigger.subscription ?? '')
  if (channel !== null && !text.includes(squeezed(channel))) return `the log ${channel}`
  return query !== null && !text.includes(squeezed(query)) ? `the events ${query}` : null
}

const squeezed = (text: string) => text.replace(/\s+/g, '').toLowerCase()

/** What repeats every few minutes is a time with a repetition, or a day with one when it has an end. */
function isOfKind(trigger: Trigger, stated: StatedTrigger): boolean {
  if (stated.kind === null || trigger.kind === stated.kind) return true
  return stated.kind === 'time' && stated.repetition !== null && trigger.kind === 'calendar'
}

function schedulesAgree(stated: CalendarSchedule, has: CalendarSchedule): boolean {
  const within = <T>(some: readonly T[], all: readonly T[]) =>
    some.length === 0 || (some.length === all.length && some.every((one) => all.includes(one)))
  const months = <M>(some: readonly M[], all: readonly M[]) => within(some, all.length === 0 ? some : all)
  if (stated.by === 'day' && has.by === 'day') return stated.daysInterval === has.daysInterval
  if (stated.by === 'week' && has.by === 'week')
    return stated.weeksInterval === has.weeksInterval && within(stated.daysOfWeek, has.daysOfWeek)
  if (stated.by === 'month' && has.by === 'month')
    return within(stated.daysOfMonth, has.daysOfMonth) && months(stated.months, has.months)
  if (stated.by === 'month-day-of-week' && has.by === 'month-day-of-week')
    return (
      within(stated.weeks, has.weeks) && within(stated.daysOfWeek, has.daysOfWeek) && months(stated.months, has.months)
    )
  return false
}

function settingFindings(stated: StatedSettings, has: TaskSettings): Finding[] {
  return Object.entries(stated).map(([name, wanted]) => {
    const value = onlyStated(has[name as keyof TaskSettings], wanted)
    return comparable(wanted) === comparable(value)
      ? agrees
      : contradicts(`asked for ${name} ${JSON.stringify(wanted)}, the task has ${JSON.stringify(value)}`)
  })
}

/** Of a setting in parts those that were asked for. */
function onlyStated(has: unknown, stated: unknown): unknown {
  if (!has || !stated || typeof has !== 'object' || typeof stated !== 'object') return has
  return Object.fromEntries(Object.keys(stated).map((key) => [key, (has as Record<string, unknown>)[key]]))
}

function authorFindings(stated: string | null, has: string | null): Finding[] {
  if (stated === null || has === null) return []
  return [stated === has ? agrees : contradicts(`asked for the author ${stated}, the task has ${has}`)]
}
