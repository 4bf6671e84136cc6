import { type Sensor, type SensorClass, sensors } from '../../model/sensor.ts'
import type { Carrier } from './carrier.ts'
import { at, firstFilled, type JsonObject, numberOf, textOf } from './json-object.ts'
import type { Moment } from './moment.ts'
import type { SensorKey } from './sensor-key.ts'

/** What a sensor's row is: its class in OCSF, and what was done. */
export interface SensorKind {
  readonly class: SensorClass
  /** OCSF's activity_id within the class. */
  readonly activity: number
}

/** Where an item stands in a row: a path, or how it is put together. */
export type Place = string | ((row: JsonObject) => string | undefined)
export type Places = Readonly<Record<string, Place>>

/** How one sensor writes its rows. */
export interface SensorRows {
  readonly sensor: Sensor
  readonly name: string
  readonly keys: readonly SensorKey[]
  fits(row: JsonObject): boolean
  /** Undefined: a row that is none of the kinds that are read. */
  kind(row: JsonObject): SensorKind | undefined
  /** False where the row names a system that is not Windows; absent where no row does. Paths tell it, too. */
  isWindows?(row: JsonObject): boolean
  /** Whether the row says that what it tells of did not succeed, or was prevented. */
  failed?(row: JsonObject): boolean
  /** The table or kind of event as the sensor calls it. */
  table(row: JsonObject): string
  computer(row: JsonObject): string
  recordId(row: JsonObject): number
  moment(row: JsonObject): Moment | undefined
  /** Where the items of OCSF stand: by class, and for all classes under `every`. */
  readonly places: Readonly<Partial<Record<SensorClass, Places>>> & { readonly every: Places }
}

/** A sensor's rows as a carrier of records (model/sensor.ts). */
export function sensorCarrier(rows: SensorRows): Carrier {
  const placed = (row: JsonObject, kind: SensorKind, name: string): string | undefined => {
    const place = placeIn(rows.places[kind.class], name) ?? placeIn(rows.places.every, name)
    return typeof place === 'function' ? place(row) : place === undefined ? undefined : textOf(at(row, place))
  }
  /** What did not happen, or not on a Windows host, is nobody's. */
  const kindOf = (row: JsonObject): SensorKind | undefined => {
    const kind = rows.kind(row)
    if (kind === undefined || rows.failed?.(row) === true || rows.isWindows?.(row) === false) return undefined
    if (rows.computer(row) === '') return undefined
    return programs.some((name) => placed(row, kind, name)?.startsWith('/') === true) ? undefined : kind
  }
  return {
    name: rows.name,
    keys: rows.keys,
    fits: rows.fits,
    provider: () => sensors[rows.sensor],
    channel: rows.table,
    eventId: (row) => kindOf(row)?.class ?? 0,
    version: () => 0,
    computer: rows.computer,
    recordId: rows.recordId,
    processId: () => 0,
    userSid: () => null,
    activityId: () => null,
    moment: rows.moment,
    data: (row) => row,
    field(name, _, row) {
      const kind = rows.kind(row)
      if (kind === undefined) return undefined
      if (name === 'activity_id') return String(kind.activity)
      return placed(row, kind, name)
    },
  }
}

/** Items that begin with the path of a program or file: on no Windows does one begin with a slash. */
const programs = ['process.file.path', 'actor.process.file.path', 'job.cmd_line', 'module.file.path', 'file.path']

const placeIn = (places: Places | undefined, name: string): Place | undefined =>
  places && Object.hasOwn(places, name) ? places[name] : undefined

/** The first of several places that has something. */
export const firstOf =
  (...places: readonly string[]) =>
  (row: JsonObject): string | undefined =>
    firstFilled(places.map((place) => textOf(at(row, place))))

/** A key for a process where a sensor has none of its own: a process id together with the moment of its start. */
export function keyOfStart(pid: unknown, started: string | undefined): string | undefined {
  const number = numberOf(pid)
  return number === 0 || started === undefined || started === '' ? undefined : `${number}@${started}`
}
