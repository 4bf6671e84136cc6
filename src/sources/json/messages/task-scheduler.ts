/** Messages of TaskScheduler/Operational in English. Source: the provider's manifest (wevtutil gp Microsoft-Windows-TaskScheduler /ge /gm:true). */
import type { JsonObject } from '../json-object.ts'

const id = String.raw`"(\{[\da-fA-F-]{36}\})"`
const triggered = new RegExp(String.raw`^Task Scheduler launched ${id}\s+instance of task "(.+)"\s+due to `)

/** How an event's message reads, and the items in the order in which they stand in it. */
const sentences: Readonly<Record<number, readonly [RegExp, ...string[]]>> = {
  100: [
    new RegExp(`^Task Scheduler started ${id} instance of the "(.+)" task for user "([^"]*)"`),
    'InstanceId',
    'TaskName',
    'UserContext',
  ],
  102: [
    new RegExp(`^Task Scheduler successfully finished ${id} instance of the "(.+)" task for user "([^"]*)"`),
    'InstanceId',
    'TaskName',
    'UserContext',
  ],
  106: [/^User "([^"]*)"\s+registered Task Scheduler task "(.+)"\s*\.?\s*$/, 'UserContext', 'TaskName'],
  107: [triggered, 'InstanceId', 'TaskName'],
  108: [triggered, 'InstanceId', 'TaskName'],
  109: [triggered, 'InstanceId', 'TaskName'],
  110: [
    new RegExp(String.raw`^Task Scheduler launched ${id}\s+instance of task "(.+)"\s+for user "([^"]*)"`),
    'InstanceId',
    'TaskName',
    'UserContext',
  ],
  117: [triggered, 'InstanceId', 'TaskName'],
  118: [triggered, 'InstanceId', 'TaskName'],
  119: [triggered, 'InstanceId', 'TaskName'],
  129: [
    /^Task Scheduler launch task "(.+?)"\s*, instance "(.*)"\s+with process ID (\d+)\s*\.?\s*$/,
    'TaskName',
    'Path',
    'ProcessID',
  ],
  140: [/^User "([^"]*)"\s+updated Task Scheduler task "(.+)"\s*\.?\s*$/, 'UserName', 'TaskName'],
  141: [/^User "([^"]*)"\s+deleted Task Scheduler task "(.+)"\s*\.?\s*$/, 'UserName', 'TaskName'],
  142: [/^User "([^"]*)"\s+disabled Task Scheduler task "(.+)"\s*\.?\s*$/, 'UserName', 'TaskName'],
  200: [
    new RegExp(String.raw`^Task Scheduler launched action "(.*)" in instance ${id} of task "(.+)"\s*\.?\s*$`),
    'ActionName',
    'TaskInstanceId',
    'TaskName',
  ],
  201: [
    new RegExp(
      String.raw`^Task Scheduler successfully completed task "(.+?)"\s*, instance ${id}\s*, action "(.*?)"(?:\s+with return code (\d+))?\s*\.?\s*$`,
    ),
    'TaskName',
    'TaskInstanceId',
    'ActionName',
    'ResultCode',
  ],
}

export function taskSchedulerItems(eventId: number, message: string): JsonObject | null {
  const [sentence, ...names] = sentences[eventId] ?? []
  // no message is longer, and expressions with two open parts are not for long texts
  const found = message.length > 4096 ? null : sentence?.exec(message.trim())
  if (!found) return null
  const items: Record<string, unknown> = {}
  names.forEach((name, index) => {
    const value = found[index + 1]
    if (value !== undefined) items[name] = value
  })
  return items
}
