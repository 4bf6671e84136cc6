import { formatInstant } from '../../model/time.ts'

/** In which order a host writes dates; null where none of them tells. */
export type DateOrder = 'day-first' | 'month-first' | null

/** `9/1/2025 3:00:01 AM`, `01.09.2025 03:00:01`, `2025/9/1 3:00:01`, `1. 9. 2025 3.00.01`: three numbers, then a clock. */
const written = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? +(\d{1,2})[:.](\d\d)[:.](\d\d)(?: ?([ap])\.? ?m\.?)?$/i

interface Parts {
  readonly sign: string | undefined
  readonly date: readonly [number, number, number]
  readonly clock: readonly [number, number, number]
}

function partsOf(text: string): Parts | null {
  const found = written.exec(text.replaceAll(/[\u202f\xa0]/g, ' ').trim())
  if (!found) return null
  const [, a, sign, b, c, hour, minute, second, half] = found
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return { sign, date: [Number(a), Number(b), Number(c)], clock: [hours, Number(minute), Number(second)] }
}

/** The order in which these times are written; where they tell both, neither. */
export function dateOrderOf(texts: Iterable<string>): DateOrder {
  const orders = new Set<'day-first' | 'month-first'>()
  for (const text of texts) {
    const [first = 0, second = 0] = partsOf(text)?.date ?? []
    if (first > 12 && first <= 31) orders.add('day-first')
    else if (first <= 12 && second > 12) orders.add('month-first')
  }
  const [order = null] = orders
  return orders.size === 1 ? order : null
}

/** ISO 8601 without a zone; null for what is no time, and where day and month cannot be told apart. */
export function localTime(text: string, order: DateOrder): string | null {
  const parts = partsOf(text)
  if (parts === null) return null
  const [a, b, c] = parts.date
  const date = a > 31 ? [a, b, c] : dateOf([a, b, c], parts.sign === '.' ? 'day-first' : order)
  if (date === null) return null
  const [year = 0, month = 0, day = 0] = date
  const [hour, minute, second] = parts.clock
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(time)
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null
  return formatInstant({ time, ticks: 0 }).replace(/Z$/, '')
}

function dateOf([first, second, year]: Parts['date'], order: DateOrder): readonly number[] | null {
  if (first > 12) return [year, second, first]
  if (second > 12) return [year, first, second]
  if (order === null) return first === second ? [year, first, second] : null
  return order === 'day-first' ? [year, second, first] : [year, first, second]
}
