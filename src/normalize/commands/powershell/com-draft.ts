import { type CalendarSchedule, daysOfWeek, type TriggerKind } from '../../../model/definition.ts'
import {
  type PartialDefinition,
  type StatedAction,
  type StatedTrigger,
  saysNothing,
  silentPrincipal,
  silentTrigger,
} from '../../../model/partial-definition.ts'
import { actionOf, execOf } from '../found.ts'
import { clockTime, timeSpan } from '../stated-time.ts'
import { logonTypes, runLevelOf } from './makers.ts'
import { noPart, partOf, type TaskPart, textOf, type Value } from './values.ts'

interface DraftAction {
  path: string | null
  arguments: string | null
  folder: string | null
  classId: string | null
  data: string | null
}

/** More than the schema allows of either. */
const MAX_ITEMS = 64

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * A definition as scripts build it through the objects of the Task Scheduler: property by property. Which object a variable
 * holds is taken from its name and the property's.
 * Source: https://learn.microsoft.com/windows/win32/taskschd/scripting-objects
 */
export class ComDraft {
  readonly #actions: DraftAction[] = []
  readonly #triggers: Writable<StatedTrigger>[] = []
  readonly #settings: Record<string, unknown> = {}
  #principal: Writable<typeof silentPrincipal> | null = null
  #author: string | null = null
  #description: string | null = null
  /** What ready-made objects say (`$td.Actions.Add($action)`). */
  #parts: PartialDefinition[] = []

  /** `owner.property = value`, all of the name in lower case. */
  set(owner: string, property: string, value: Value): void {
    const text = textOf(value)
    if (text === null) return
    if (property in settingForms && /setting/.test(owner)) {
      const said = settingForms[property]?.(text)
      if (said) Object.assign(this.#settings, said)
    } else if (property in actionSetters) actionSetters[property]?.(this.#action(), text)
    else if (property === 'runlevel') this.#account().runLevel = runLevelOf(text)
    else if (property === 'logontype') this.#account().logonType = logonTypes.get(text.toLowerCase()) ?? null
    else if (property === 'groupid' || (property === 'userid' && !this.#isOfTrigger(owner)))
      this.#account().account = text
    else if (property === 'author' && /reg/.test(owner)) this.#author = text
    else if (property === 'description' && /reg/.test(owner)) this.#description = text
    else {
      const trigger = this.#triggers.at(-1)
      if (trigger) setOfTrigger(trigger, property, text)
    }
  }

  /** `Actions.Create(kind)`, `Triggers.Create(kind)`. */
  create(collection: string, kind: string | null): void {
    if (/trigger/.test(collection)) {
      if (this.#triggers.length < MAX_ITEMS) this.#triggers.push({ ...silentTrigger, ...triggerTypes.get(kind ?? '') })
    } else if (/action/.test(collection) && this.#actions.length < MAX_ITEMS) this.#actions.push(emptyAction())
  }

  /** `Actions.Add(…)`, `Triggers.Add(…)` of the .NET wrapper. */
  add(collection: string, args: readonly Value[]): void {
    if (this.#parts.length >= MAX_ITEMS) return
    const part = args[0]?.part?.definition
    if (part) this.#parts.push(part)
    else if (/action/.test(collection)) this.#parts.push(netPart('execaction', args).definition)
  }

  /** The user and the kind of logon that a registration gives. */
  register(user: string | null, logonType: string | null): PartialDefinition {
    if (user !== null) this.#account().account = user
    const type = logonTypes.get(logonType ?? '')
    if (type) this.#account().logonType = type
    const actions = [...this.#parts.flatMap((one) => one.actions ?? []), ...this.#actions.flatMap(statedAction)]
    const triggers = [...this.#parts.flatMap((one) => one.triggers ?? []), ...this.#triggers]
    return {
      ...saysNothing,
      actions: actions.length > 0 ? actions : null,
      triggers: triggers.length > 0 ? triggers : null,
      principal: this.#principal,
      settings: this.#settings,
      author: this.#author,
      description: this.#description,
    }
  }

  #action(): DraftAction {
    const last = this.#actions.at(-1) ?? emptyAction()
    if (this.#actions.length === 0) this.#actions.push(last)
    return last
  }

  #account(): Writable<typeof silentPrincipal> {
    this.#principal ??= { ...silentPrincipal }
    return this.#principal
  }

  #isOfTrigger(owner: string): boolean {
    return this.#triggers.length > 0 && !/princ/.test(owner) && (/trig/.test(owner) || this.#principal !== null)
  }
}

const emptyAction = (): DraftAction => ({ path: null, arguments: null, folder: null, classId: null, data: null })

function statedAction({ path, arguments: args, folder, classId, data }: DraftAction): readonly StatedAction[] {
  if (classId !== null) return [{ kind: 'com-handler', classId, data }]
  return execOf(actionOf(path, args), folder) ?? []
}

const actionSetters: Readonly<Record<string, (action: DraftAction, text: string) => void>> = {
  __proto__: null as never,
  path(action, text) {
    action.path = text
  },
  arguments(action, text) {
    action.arguments = text
  },
  workingdirectory(action, text) {
    action.folder = text
  },
  classid(action, text) {
    action.classId = text
  },
  data(action, text) {
    action.data = text
  },
}

type Form = (text: string) => Record<string, unknown> | null
const flag =
  (name: string): Form =>
  (text) => {
    if (/^(?:true|1|-1)$/i.test(text)) return { [name]: true }
    return /^(?:false|0)$/i.test(text) ? { [name]: false } : null
  }
const span =
  (name: string): Form =>
  (text) => {
    const duration = timeSpan(text)
    return duration === null ? null : { [name]: duration }
  }
const settingForms: Readonly<Record<string, Form>> = {
  __proto__: null as never,
  hidden: flag('hidden'),
  enabled: flag('enabled'),
  allowdemandstart: flag('allowStartOnDemand'),
  startwhenavailable: flag('startWhenAvailable'),
  waketorun: flag('wakeToRun'),
  runonlyifidle: flag('runOnlyIfIdle'),
  runonlyifnetworkavailable: flag('runOnlyIfNetworkAvailable'),
  disallowstartifonbatteries: flag('disallowStartIfOnBatteries'),
  stopifgoingonbatteries: flag('stopIfGoingOnBatteries'),
  allowhardterminate: flag('allowHardTerminate'),
  volatile: flag('volatile'),
  deleteexpiredtaskafter: span('deleteExpiredTaskAfter'),
  executiontimelimit: span('executionTimeLimit'),
}

const calendar = (schedule: CalendarSchedule | null) => ({ kind: 'calendar' as const, schedule })
const daily = calendar({ by: 'day', daysInterval: 1 })
const weekly = calendar({ by: 'week', weeksInterval: 1, daysOfWeek: [] })
const monthly = calendar({ by: 'month', daysOfMonth: [], months: [] })
const monthlyByDay = calendar({ by: 'month-day-of-week', weeks: [], daysOfWeek: [], months: [] })
const ofKind = (kind: TriggerKind) => ({ kind })

/** TASK_TRIGGER_TYPE2. */
const triggerTypes: ReadonlyMap<string, Pick<StatedTrigger, 'kind'> & Partial<StatedTrigger>> = new Map([
  ['0', ofKind('event')],
  ['1', ofKind('time')],
  ['2', daily],
  ['3', weekly],
  ['4', monthly],
  ['5', monthlyByDay],
  ['6', ofKind('idle')],
  ['7', ofKind('registration')],
  ['8', ofKind('boot')],
  ['9', ofKind('logon')],
  ['11', ofKind('session-state-change')],
])

function setOfTrigger(trigger: Writable<StatedTrigger>, property: string, text: string): void {
  switch (property) {
    case 'startboundary':
      trigger.timeOfDay = clockTime(text.replace(/(?:Z|[+-]\d\d:\d\d)$/, ''))
      trigger.startDate = /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? null
      break
    case 'endboundary':
      trigger.endDate = /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? null
      break
    case 'interval': {
      const interval = timeSpan(text)
      if (interval !== null) trigger.repetition = { interval, duration: null, stopAtDurationEnd: false }
      break
    }
    case 'duration':
      if (trigger.repetition) trigger.repetition = { ...trigger.repetition, duration: timeSpan(text) }
      break
    case 'delay':
    case 'randomdelay':
      trigger.delay = timeSpan(text)
      break
    case 'userid':
      trigger.userId = text
      break
    case 'subscription':
      trigger.query = text
      break
    case 'daysinterval':
      if (/^\d{1,3}$/.test(text)) trigger.schedule = { by: 'day', daysInterval: Number(text) }
      break
    case 'weeksinterval':
      if (trigger.schedule?.by === 'week' && /^\d{1,2}$/.test(text))
        trigger.schedule = { ...trigger.schedule, weeksInterval: Number(text) }
      break
    case 'daysofweek':
      if (trigger.schedule?.by === 'week' && /^\d{1,3}$/.test(text))
        trigger.schedule = { ...trigger.schedule, daysOfWeek: daysOfBits(Number(text)) }
  }
}

/** Bit 0 is Sunday. */
const daysOfBits = (bits: number) => daysOfWeek.filter((_, i) => (bits >> ((i + 1) % 7)) & 1)

const netTriggers: ReadonlyMap<string, Pick<StatedTrigger, 'kind'> & Partial<StatedTrigger>> = new Map([
  ['logontrigger', ofKind('logon')],
  ['boottrigger', ofKind('boot')],
  ['timetrigger', ofKind('time')],
  ['idletrigger', ofKind('idle')],
  ['registrationtrigger', ofKind('registration')],
  ['eventtrigger', ofKind('event')],
  ['sessionstatechangetrigger', ofKind('session-state-change')],
  ['dailytrigger', daily],
  ['weeklytrigger', weekly],
  ['monthlytrigger', monthly],
  ['monthlydowtrigger', monthlyByDay],
])

/**
 * An object of the .NET wrapper by its class: `ExecAction('a.exe', '-x')`, `LogonTrigger`.
 * Source: https://github.com/dahall/TaskScheduler
 */
export function netPart(className: string, args: readonly Value[]): TaskPart {
  const name = className.toLowerCase().slice(className.lastIndexOf('.') + 1)
  const trigger = netTriggers.get(name)
  if (trigger) return partOf({ triggers: [{ ...silentTrigger, ...trigger }] })
  if (name !== 'execaction') return noPart
  const [program = null, words = null, folder = null] = args.map((value) => textOf(value))
  return partOf({ actions: execOf(actionOf(program, words), folder) })
}
