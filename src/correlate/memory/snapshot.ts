import type { Evidence } from '../../model/chain.ts'
import { FactEvidence, plain } from '../fact-evidence.ts'
import type { HostMemory } from './host-memory.ts'

/**
 * Which form of `HostMemory` a snapshot holds. It grows with every change of what is remembered: a state of another version is
 * refused, and the host starts anew.
 */
const memoryVersion = 12

/** A value within an object: itself, the place of a text as text (`"12"`), or the place of an object (`[12]`). */
type Slot = null | boolean | number | string | readonly [place: number]

/** The whole state of one host as plain values, fit for JSON. Objects that others share are there once. */
export interface HostSnapshot {
  readonly version: number
  readonly host: string
  readonly texts: readonly string[]
  /** The names of the fields of objects that are alike. */
  readonly shapes: readonly (readonly string[])[]
  /** Each begins with its shape, or with what it is instead of an object with names; the first is the memory itself. */
  readonly objects: readonly (readonly Slot[])[]
}

const list = -1
const map = -2
const set = -3

/** Writes out all that a host's memory reaches. Equal memories give equal snapshots. */
export function snapshotOf(memory: HostMemory): HostSnapshot {
  const texts = new Places<string>()
  const shapes = new Places<string>()
  const names: string[][] = []
  const objects = new Places<object>()
  const slotOf = (value: unknown): Slot => {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') return String(texts.of(value))
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'object') return [objects.of(value)]
    throw new TypeError(`a host's memory holds ${String(value)}, which no snapshot can`)
  }
  const written = (value: object): Slot[] => {
    if (Array.isArray(value)) return [list, ...value.map(slotOf)]
    if (value instanceof Map) return [map, ...[...value].flat().map(slotOf)]
    if (value instanceof Set) return [set, ...[...value].map(slotOf)]
    const fields = Object.entries(value instanceof FactEvidence ? plain(value) : value).filter(
      ([, v]) => v !== undefined,
    )
    const keys = fields.map(([name]) => name)
    const shape = shapes.of(keys.join(' '))
    if (shape === names.length) names.push(keys)
    return [shape, ...fields.map(([, v]) => slotOf(v))]
  }
  objects.of(memory)
  const out: Slot[][] = []
  // Whatever an object reaches is written after it, so that no lineage is too deep for the stack.
  for (const value of objects.all) out.push(written(value))
  return { version: memoryVersion, host: memory.host, texts: texts.all, shapes: names, objects: out }
}

/** Gives each distinct thing its place. */
class Places<T> {
  readonly all: T[] = []
  readonly #places = new Map<T, number>()

  of(thing: T): number {
    let place = this.#places.get(thing)
    if (place === undefined) {
      place = this.all.length
      this.all.push(thing)
      this.#places.set(thing, place)
    }
    return place
  }
}

/** Of each record that a state can still name, by what it is known: what proves something later has to be kept for it. */
export function* recordsIn({ texts, shapes, objects }: HostSnapshot): Generator<RecordName> {
  const fields = ['time', 'ticks', 'channel', 'eventId', 'recordId'] as const
  const places = shapes.map((names) => fields.map((field) => names.indexOf(field) + 1))
  for (const object of objects) {
    const at = places[object[0] as number]
    if (!at || at.includes(0)) continue
    const [time, ticks, channel, eventId, recordId] = at.map((place) => object[place])
    yield {
      time: Number(time),
      ticks: Number(ticks),
      channel: texts[Number(channel)] ?? '',
      eventId: Number(eventId),
      recordId: Number(recordId),
    }
  }
}

/** By what one record of a host is told from another. */
export type RecordName = Pick<Evidence, 'time' | 'ticks' | 'channel' | 'eventId' | 'recordId'>

/** What came of reading a snapshot. */
export type RestoredMemory =
  | { readonly kind: 'memory'; readonly memory: HostMemory }
  | { readonly kind: 'problem'; readonly reason: string }

/** Reads a snapshot back. What is none, or is damaged in its form, or of another version, is a reason. */
export function memoryOf(snapshot: HostSnapshot): RestoredMemory {
  const problem = (reason: string): RestoredMemory => ({ kind: 'problem', reason })
  if (snapshot.version !== memoryVersion)
    return problem(`the state has version ${snapshot.version}, this program reads version ${memoryVersion}`)
  const { texts, shapes, objects } = snapshot
  if (shapes.some((names) => names.includes('__proto__'))) return problem('the state has a field that no state has')
  const made = objects.map(([kind]) => (kind === list ? [] : kind === map ? new Map() : kind === set ? new Set() : {}))
  let broken = 0
  const valueIn = (slot: Slot | undefined): unknown => {
    const value =
      typeof slot === 'string' ? texts[Number(slot)] : Array.isArray(slot) ? made[slot[0] as number] : (slot ?? null)
    if (value === undefined) broken++
    return value
  }
  for (const [place, [kind, ...slots]] of objects.entries()) {
    const object = made[place]
    if (Array.isArray(object)) for (const slot of slots) object.push(valueIn(slot))
    else if (object instanceof Set) for (const slot of slots) object.add(valueIn(slot))
    else if (object instanceof Map) {
      for (let i = 0; i < slots.length; i += 2) object.set(valueIn(slots[i]), valueIn(slots[i + 1]))
    } else {
      const names = shapes[kind as number]
      if (names?.length !== slots.length) return problem(`the state’s object ${place} does not have its fields`)
      names.forEach((name, i) => {
        ;(object as Record<string, unknown>)[name] = valueIn(slots[i])
      })
    }
  }
  if (broken > 0) return problem(`${broken} values of the state point to nothing`)
  const [memory] = made
  if (!memory || !('host' in memory) || memory.host !== snapshot.host)
    return problem('the state is not that of its host')
  return { kind: 'memory', memory: memory as HostMemory }
}
