import { escaped } from '../../model/task-xml/xml-text.ts'
import type { LabTrigger } from '../hive-writer/task-blobs.ts'

/** A trigger of a task; the registry is written without those that only the XML has. */
export type LabTaskTrigger =
  | LabTrigger
  | { readonly kind: 'event'; readonly log: string; readonly eventId: number }
  | { readonly kind: 'idle' }
  | { readonly kind: 'registration' }

export const logonTrigger: readonly LabTaskTrigger[] = [{ kind: 'logon' }]
export const bootTrigger: readonly LabTaskTrigger[] = [{ kind: 'boot' }]
export const idleTrigger: readonly LabTaskTrigger[] = [{ kind: 'idle' }]
/** Times are local, without a zone. */
export const onceTrigger = (start: string): readonly LabTaskTrigger[] => [{ kind: 'once', start }]
export const dailyTrigger = (start: string): readonly LabTaskTrigger[] => [{ kind: 'daily', start, days: 1 }]
export const hourlyTrigger = (start: string): readonly LabTaskTrigger[] => [
  { kind: 'once', start, repeatSeconds: 3600 },
]
export const minuteTrigger = (start: string, minutes: number): readonly LabTaskTrigger[] => [
  { kind: 'once', start, repeatSeconds: minutes * 60 },
]
export const eventTrigger = (log: string, eventId: number): readonly LabTaskTrigger[] => [
  { kind: 'event', log, eventId },
]

const enabled = '<Enabled>true</Enabled>'
const repetition = (seconds: number | undefined): string =>
  seconds === undefined
    ? ''
    : `<Repetition><Interval>${seconds % 3600 === 0 ? `PT${seconds / 3600}H` : `PT${seconds / 60}M`}</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>`
const delay = (seconds: number | undefined): string => (seconds === undefined ? '' : `<Delay>PT${seconds}S</Delay>`)

/** The XML of a trigger. Source: [MS-TSCH] 2.5; the order of the elements is that of real records. */
export function triggerXml(trigger: LabTaskTrigger): string {
  switch (trigger.kind) {
    case 'boot':
      return `<BootTrigger>${enabled}${delay(trigger.delaySeconds)}</BootTrigger>`
    case 'logon': {
      const user = trigger.user === undefined ? '' : `<UserId>${escaped(trigger.user.name)}</UserId>`
      return `<LogonTrigger>${enabled}${user}${delay(trigger.delaySeconds)}</LogonTrigger>`
    }
    case 'once':
      return `<TimeTrigger>${repetition(trigger.repeatSeconds)}<StartBoundary>${trigger.start}</StartBoundary>${enabled}</TimeTrigger>`
    case 'daily':
      return `<CalendarTrigger>${repetition(trigger.repeatSeconds)}<StartBoundary>${trigger.start}</StartBoundary>${enabled}<ScheduleByDay><DaysInterval>${trigger.days}</DaysInterval></ScheduleByDay></CalendarTrigger>`
    case 'event': {
      const query = `<QueryList><Query><Select Path='${trigger.log}'>*[System[EventID=${trigger.eventId}]]</Select></Query></QueryList>`
      return `<EventTrigger>${enabled}<Subscription>${escaped(query)}</Subscription></EventTrigger>`
    }
    case 'idle':
      return `<IdleTrigger>${enabled}</IdleTrigger>`
    case 'registration':
      return `<RegistrationTrigger>${enabled}</RegistrationTrigger>`
    default:
      return trigger satisfies never
  }
}

/** The triggers that the registry is written with. */
export const cachedTriggers = (triggers: readonly LabTaskTrigger[]): LabTrigger[] =>
  triggers.filter((one) => one.kind !== 'event' && one.kind !== 'idle' && one.kind !== 'registration')
