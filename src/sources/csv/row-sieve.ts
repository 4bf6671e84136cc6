import type { WantedEvents } from '../events/wanted-events.ts'
import type { SensorKey } from '../json/sensor-key.ts'
import { sensorKeys } from '../json/sensor-keys.ts'
import type { CsvDialect } from './dialect.ts'
import type { RowFields } from './row-fields.ts'

/** Columns that hold an event's id. */
const idColumn = /^(?:Event ?I[Dd]|eventI[dD]|event_id|EventCode|Id)$/

/** Key null: an event id. */
interface KeyColumn {
  readonly index: number
  readonly key: SensorKey | null
}

/**
 * What in a row speaks against what a column says of it: letters and digits as JSON or XML in a value may write them (no writer does,
 * but then a word would not be found), and the id of an event that stands in a cell as a text.
 */
const mayHide = /\\u00[2-7][0-9a-f]|&#|EventID(?:[>\s\\]|&gt;)|EventCode=/i

/**
 * Tells from one value of a row that it can be none of those that matter: what says which kind of event it is stands in a column
 * of its own. It may let one pass that does not matter; it never holds one back that does.
 */
export class RowSieve {
  readonly #wanted: WantedEvents
  #columns: readonly KeyColumn[] = []

  constructor(wanted: WantedEvents) {
    this.#wanted = wanted
  }

  begin({ header }: CsvDialect): void {
    this.#columns = header.flatMap((name, index): KeyColumn[] => {
      const key = sensorKeys.find((one) => one.name === name.replace(/^#/, ''))
      return key ? [{ index, key }] : idColumn.test(name) ? [{ index, key: null }] : []
    })
  }

  /** `unknown`: the row does not say what it is, as a header in the middle of a file does not. */
  look(text: string, fields: RowFields, from: number, to: number): 'wanted' | 'other' | 'unknown' {
    let found = false
    for (const { index, key } of this.#columns) {
      if (index >= fields.count) return 'unknown'
      const value = text.slice(fields.begin(index), fields.end(index))
      const verdict = key === null ? this.#id(value, text, from, to) : this.#sensor(key, value, text, from, to)
      if (verdict === true) return 'wanted'
      if (verdict === false) found = true
    }
    return found ? 'other' : 'unknown'
  }

  #id(value: string, text: string, from: number, to: number): boolean | undefined {
    if (!/^\d{1,10}$/.test(value)) return undefined
    return this.#wanted.id(Number(value), text, from, to) || mayHide.test(text.slice(from, to))
  }

  #sensor(key: SensorKey, value: string, text: string, from: number, to: number): boolean | undefined {
    const classes = key.classes(value === '' ? undefined : value)
    if (classes === undefined || classes === 'any') return undefined
    return (
      classes.some((uid) => this.#wanted.class(uid, text, from, to)) ||
      (classes.length > 0 && mayHide.test(text.slice(from, to)))
    )
  }
}
