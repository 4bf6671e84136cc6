import { falconEvents } from './carriers/crowdstrike-falcon.ts'
import { defenderActions } from './carriers/defender-tables.ts'
import { defendDatasets } from './carriers/elastic-defend.ts'

/** A member by whose value a sensor's row says what it is. */
export interface SensorKey {
  readonly name: string
  /** What stands in every text that has rows with this key. */
  readonly sign: string
  /**
   * The classes that a row with this value can be of, none where nobody wants such rows. `any`: the value does not tell;
   * undefined: it is not this sensor's.
   */
  classes(value: string | undefined): readonly number[] | 'any' | undefined
}

const named = (classes: Readonly<Record<string, number | readonly number[]>>) => (value: string | undefined) =>
  value === undefined ? 'any' : Object.hasOwn(classes, value) ? [classes[value] ?? []].flat() : []

const classOfEach = (kinds: Readonly<Record<string, { readonly class: number }>>) =>
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kind.class]))

const datasets = named(defendDatasets)

export const sensorKeys: readonly SensorKey[] = [
  {
    name: 'class_uid',
    sign: 'class_uid',
    classes: (value) => (value !== undefined && /^\d{1,9}$/.test(value) ? [Number(value)] : 'any'),
  },
  { name: 'event_simpleName', sign: 'event_simpleName', classes: named(classOfEach(falconEvents)) },
  { name: 'ActionType', sign: 'ActionType', classes: named(classOfEach(defenderActions)) },
  {
    name: 'dataset',
    sign: 'endpoint.events.',
    classes: (value) => (value === undefined || value.startsWith('endpoint.events.') ? datasets(value) : undefined),
  },
]
