import type { EventData, LabEvent, UserData } from './lab-event.ts'
import { type Element, makeTemplate, type Slot, type Template } from './template.ts'
import type { SlotType } from './value.ts'

const EVENT_NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'

const optional = (slot: number, type: SlotType): Slot => ({ slot, type, optional: true })
const leaf = (name: string, slot: number, type: SlotType): Element => ({
  name,
  dependsOn: slot,
  children: [optional(slot, type)],
})

/** What two forms of the System element do differently. */
interface SystemForm {
  readonly providerName: string | Slot
  readonly providerGuid: string | Slot
  readonly relatedActivity: number
  readonly channel: Element
  readonly computer: string
}

/** The slots 0…12 are the same in every template that Windows 7 to 11 write. Read off real logs. */
function system({ providerName, providerGuid, relatedActivity, channel, computer }: SystemForm): Element {
  return {
    name: 'System',
    children: [
      {
        name: 'Provider',
        attributes: [
          ['Name', providerName],
          ['Guid', providerGuid],
        ],
      },
      { ...leaf('EventID', 3, 'u16'), attributes: [['Qualifiers', optional(4, 'u16')]] },
      leaf('Version', 11, 'u8'),
      leaf('Level', 0, 'u8'),
      leaf('Task', 2, 'u16'),
      leaf('Opcode', 1, 'u8'),
      leaf('Keywords', 5, 'hex64'),
      { name: 'TimeCreated', attributes: [['SystemTime', optional(6, 'filetime')]] },
      leaf('EventRecordID', 10, 'u64'),
      {
        name: 'Correlation',
        attributes: [
          ['ActivityID', optional(7, 'guid')],
          ['RelatedActivityID', optional(relatedActivity, 'guid')],
        ],
      },
      {
        name: 'Execution',
        attributes: [
          ['ProcessID', optional(8, 'u32')],
          ['ThreadID', optional(9, 'u32')],
        ],
      },
      channel,
      { name: 'Computer', children: [computer] },
      { name: 'Security', attributes: [['UserID', optional(12, 'sid')]] },
    ],
  }
}

/** Slots of the template that providers with a manifest share; 17 holds the event's own data as nested BinXML. */
export const MANIFEST_SLOTS = { provider: 14, providerGuid: 15, channel: 16, body: 17, count: 18 } as const

function manifestTemplate(computer: string): Template {
  return makeTemplate({
    name: 'Event',
    dependsOn: MANIFEST_SLOTS.body,
    attributes: [['xmlns', EVENT_NAMESPACE]],
    children: [
      system({
        providerName: optional(MANIFEST_SLOTS.provider, 'string'),
        providerGuid: optional(MANIFEST_SLOTS.providerGuid, 'guid'),
        relatedActivity: 13,
        channel: leaf('Channel', MANIFEST_SLOTS.channel, 'string'),
        computer,
      }),
      optional(MANIFEST_SLOTS.body, 'binxml'),
    ],
  })
}

/** Slots of the template that the Eventlog service writes for itself: provider and channel are text of the template. */
export const EVENTLOG_SLOTS = { body: 19, count: 20 } as const

function eventlogTemplate(event: LabEvent): Template {
  return makeTemplate({
    name: 'Event',
    attributes: [['xmlns', EVENT_NAMESPACE]],
    children: [
      system({
        providerName: event.provider,
        providerGuid: event.providerGuid,
        relatedActivity: 18,
        channel: { name: 'Channel', children: [event.channel] },
        computer: event.computer,
      }),
      {
        name: 'UserData',
        dependsOn: EVENTLOG_SLOTS.body,
        children: [optional(EVENTLOG_SLOTS.body, 'binxml')],
      },
    ],
  })
}

function eventDataTemplate({ name, fields }: EventData): Template {
  return makeTemplate({
    name: 'EventData',
    ...(name === null ? {} : { attributes: [['Name', name]] as const }),
    children: fields.map(([field, { type }], slot) => ({
      name: 'Data',
      attributes: [['Name', field]],
      children: [{ slot, type, optional: false }],
    })),
  })
}

function userDataTemplate({ root, namespace, fields }: UserData): Template {
  return makeTemplate({
    name: root,
    attributes: [['xmlns', namespace]],
    children: fields.map(([field, { type }], slot) => ({ name: field, children: [{ slot, type, optional: false }] })),
  })
}

/** The templates of the events that one file was given: made once for each form of event. */
export class EventTemplates {
  readonly #made = new Map<string, Template>()

  ofEvent(event: LabEvent): Template {
    return event.body.kind === 'event-data'
      ? this.#get(`event ${event.computer}`, () => manifestTemplate(event.computer))
      : this.#get(`eventlog ${event.computer} ${event.provider} ${event.channel}`, () => eventlogTemplate(event))
  }

  ofBody(body: EventData | UserData): Template {
    let key = body.kind === 'event-data' ? `data ${body.name}` : `user ${body.root} ${body.namespace}`
    for (const [name, { type }] of body.fields) key += `\n${name} ${type}`
    return this.#get(key, () => (body.kind === 'event-data' ? eventDataTemplate(body) : userDataTemplate(body)))
  }

  #get(key: string, make: () => Template): Template {
    const known = this.#made.get(key)
    if (known) return known
    const made = make()
    this.#made.set(key, made)
    return made
  }
}
