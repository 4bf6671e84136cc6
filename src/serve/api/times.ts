import { formatInstant } from '../../model/time.ts'

/** A time as it is answered; 0 and null: not known. */
export const timeText = (time: number | null): string | null =>
  time === null || time === 0 ? null : formatInstant({ time, ticks: 0 })
