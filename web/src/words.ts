import { formatInstant } from '../../src/model/time.ts'

// How the page says things.

export const verdictWords: Readonly<Record<string, string>> = {
  outlier: 'what ran is out of the ordinary',
  ordinary: 'it ran',
  'not-run': 'no run seen',
  'run-not-visible': 'a run could not have been seen',
}

export const shortVerdicts: Readonly<Record<string, string>> = {
  outlier: 'ran, outlier',
  ordinary: 'ran',
  'not-run': 'no run',
  'run-not-visible': 'run not visible',
}

export const startWords: Readonly<Record<string, string>> = {
  time: 'on its schedule',
  logon: 'at logon',
  boot: 'at boot',
  event: 'on an event',
  idle: 'when idle',
  registration: 'when it was registered',
  session: 'on a change of session',
  user: 'by hand',
  unknown: '',
}

export const tieWords: Readonly<Record<string, string>> = {
  pid: 'the scheduler’s log names its process id',
  'command-line': 'its command line is the action’s',
  'run-log': 'the scheduler’s log has a run of it at that moment',
  'run-request': 'it started just after somebody asked for the run',
  registration: 'the moment of the registration, and what it started',
  lineage: 'started by the scheduler for a task that is not known',
  parent: '',
}

export const partWords = {
  change: 'the change',
  ran: 'what ran',
  around: 'what surrounds it',
} as const

/** `2026-03-10 13:21:26`, in UTC. */
export const clock = (time: number | null): string => (time === null ? 'at no known time' : minute(time, 19))

export const day = (time: number): string => minute(time, 10)

const minute = (time: number, length: number): string =>
  formatInstant({ time, ticks: 0 }).replace('T', ' ').slice(0, length)

/** The moment of a record, whole. */
export const moment = (text: string): string => text.replace('T', ' ').replace('Z', '')

export const timeOf = (text: string): number => Date.parse(text)

const steps: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
  [1, 'ms'],
]

/** `3 d 4 h`, `12 s`, `21 ms`: two units at most. */
export function span(ms: number): string {
  const at = steps.findIndex(([unit]) => Math.abs(ms) >= unit)
  const [step, name] = steps[at === -1 ? steps.length - 1 : at] ?? [1, 'ms']
  const whole = Math.floor(ms / step)
  const [smaller, smallName] = steps[at + 1] ?? [1, '']
  const rest = Math.floor((ms - whole * step) / smaller)
  return rest > 0 && smallName !== '' && smallName !== 'ms'
    ? `${whole} ${name} ${rest} ${smallName}`
    : `${whole} ${name}`
}

export const signed = (bits: number): string => `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${Math.abs(bits).toFixed(1)}`

/** The host without its domain: the whole name stands in a title. */
export const shortHost = (host: string): string =>
  host === '' ? 'host without a name' : /^[\d.]+$|:/.test(host) ? host : (host.split('.')[0] ?? host)

export const baseName = (path: string | null): string => (path === null ? '?' : path.slice(path.lastIndexOf('\\') + 1))

export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1000)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}
