import { SystemItem } from './system-plan.ts'

/** How an item of System is written in a dumped record. */
export const systemForms = ['number', 'text', 'lower'] as const
export type SystemForm = (typeof systemForms)[number]

/**
 * The keys of a dumped record that come from System, in their order; `recordId` and `time` stand before them.
 * A key is left out when the record does not have the item.
 */
export const systemKeys: readonly (readonly [key: string, item: number, form: SystemForm])[] = [
  ['provider', SystemItem.provider, 'text'],
  ['providerGuid', SystemItem.providerGuid, 'text'],
  ['eventSourceName', SystemItem.eventSourceName, 'text'],
  ['channel', SystemItem.channel, 'text'],
  ['eventId', SystemItem.eventId, 'number'],
  ['qualifiers', SystemItem.qualifiers, 'number'],
  ['version', SystemItem.version, 'number'],
  ['level', SystemItem.level, 'number'],
  ['task', SystemItem.task, 'number'],
  ['opcode', SystemItem.opcode, 'number'],
  ['keywords', SystemItem.keywords, 'text'],
  ['computer', SystemItem.computer, 'text'],
  ['userSid', SystemItem.userSid, 'text'],
  ['processId', SystemItem.processId, 'number'],
  ['threadId', SystemItem.threadId, 'number'],
  ['activityId', SystemItem.activityId, 'lower'],
  ['relatedActivityId', SystemItem.relatedActivityId, 'lower'],
]

/** A number as JSON: bare when every reader keeps all its digits, else as text. */
export function numberJson(text: string): string {
  const value = Number(text)
  return /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(value) ? text : JSON.stringify(text)
}

export function systemJson(text: string, form: SystemForm): string {
  if (form === 'number') return numberJson(text)
  return JSON.stringify(form === 'lower' ? text.toLowerCase() : text)
}
