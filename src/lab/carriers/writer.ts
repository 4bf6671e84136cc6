import type { LabEvent } from '../evtx-writer/lab-event.ts'

/** Writes events as some tool would. Knows nothing of how they are read: it follows the tool's documentation. */
export interface CarrierWriter {
  readonly name: string
  /** What the tool writes for one event: a line of JSON. */
  line(event: LabEvent): string
  /** The order in which the tool's output has them, where it is not that of time. */
  order?(events: readonly LabEvent[]): readonly LabEvent[]
  /** Hours that one file may span without its times meaning two things. */
  readonly hours?: number
}

/** The items of an event by name, each through `text`. */
export function itemsBy<T>(
  event: LabEvent,
  text: (value: LabEvent['body']['fields'][number][1]) => T,
): Record<string, T> {
  return Object.fromEntries(event.body.fields.map(([name, value]) => [name, text(value)]))
}
