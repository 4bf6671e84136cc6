/** Sysmon's messages: a line with the event's name, then each item on a line of its own, under its own name and in English always. */
import type { JsonObject } from '../json-object.ts'

const item = /^([A-Z][A-Za-z0-9]{1,40}): ?(.*)$/

export function sysmonItems(_eventId: number, message: string): JsonObject | null {
  const items: Record<string, unknown> = {}
  let last: string | null = null
  for (const line of message.split(/\r?\n/).slice(1)) {
    const [, name, value = ''] = item.exec(line) ?? []
    if (name !== undefined) {
      // one of the two is a line of somebody's command line
      if (Object.hasOwn(items, name)) return null
      items[name] = value
      last = name
    } else if (last !== null) items[last] = `${items[last]}\n${line}`
  }
  return items
}
