import { type DayOfWeek, daysOfWeek, type Month, months } from '../../../model/definition.ts'

/** Days of the week in a bit field: bit 0 is Sunday, while the schema's week begins on Monday. [MS-TSCH] 2.4.2.11.3. */
export function daysOfWeekIn(bits: number): DayOfWeek[] {
  return daysOfWeek.filter((_, index) => ((bits >> ((index + 1) % 7)) & 1) === 1)
}

/** Months in a bit field: bit 0 is January. [MS-TSCH] 2.4.2.11.4. */
export function monthsIn(bits: number): Month[] {
  return months.filter((_, index) => ((bits >> index) & 1) === 1)
}

/** Days of the month in two bit fields of 16: bit 0 is the first; the 32nd bit stands for the last. [MS-TSCH] 2.4.2.11.2. */
export function daysOfMonthIn(low: number, high: number): (number | 'Last')[] {
  const days = Array.from({ length: 32 }, (_, bit) => bit)
  return days
    .filter((bit) => (((bit < 16 ? low : high) >> (bit % 16)) & 1) === 1)
    .map((bit) => (bit === 31 ? 'Last' : bit + 1))
}
