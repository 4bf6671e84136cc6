import { liveTriggers } from '../../model/trigger.ts'
import { isSystemAccount, type Subject } from '../subject.ts'
import { payloadsOf, placeOf } from './place.ts'
import type { Trait } from './trait.ts'

/** An ISO 8601 duration as the Task Scheduler writes it, `PT5M` or `P0DT0H5M0S`, in seconds; undefined when it is none. */
function secondsOf(duration: string): number | undefined {
  const parts = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/.exec(duration)
  if (!parts) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

const triggersOf = ({ chain: { definition } }: Subject) => (definition === null ? [] : liveTriggers(definition))

function isRepeatedWithin(subject: Subject, limit: number): string | undefined {
  for (const { repetition } of triggersOf(subject)) {
    const seconds = repetition ? secondsOf(repetition.interval) : undefined
    if (seconds !== undefined && seconds > 0 && seconds <= limit) return repetition?.interval
  }
  const line = subject.chain.change?.actor.process?.commandLine?.toLowerCase() ?? ''
  const minutes = /[/-]sc\s+"?minute/.test(line) ? Number(/[/-]mo\s+"?(\d{1,4})/.exec(line)?.[1] ?? 1) : undefined
  return minutes !== undefined && minutes * 60 <= limit ? `every ${minutes} minutes` : undefined
}

const writablePlaces =
  /^(?:public|recycled|windows-writable|temp|received|media|appdata-root|appdata|profile|programdata-root|drive-root)$/

/** Where anybody can put a file. */
const strangersPlaces = /^(?:public|recycled|windows-writable|temp)$/

const triggered =
  (...kinds: readonly string[]) =>
  (subject: Subject): string | undefined => {
    const triggers = triggersOf(subject)
    return triggers.length > 0 && triggers.every(({ kind }) => kinds.includes(kind)) ? triggers[0]?.kind : undefined
  }

export const scheduleTraits: readonly Trait[] = [
  {
    id: 'every-few-minutes',
    group: 'schedule',
    says: 'repeat every five minutes or more often',
    seen: (s) => isRepeatedWithin(s, 300),
  },
  { id: 'at-logon', group: 'schedule', says: 'start at logon', seen: triggered('logon') },
  {
    id: 'once',
    group: 'schedule',
    says: 'start once',
    seen: (s) => (isRepeatedWithin(s, Infinity) ? undefined : triggered('time')(s)),
  },
  {
    id: 'hidden',
    group: 'account',
    says: 'ask not to be shown',
    seen: ({ chain }) => (chain.definition?.settings.hidden ? 'hidden' : undefined),
  },
  {
    id: 'system-from-writable',
    group: 'account',
    says: 'run a file as SYSTEM that any user can replace',
    seen: (s) =>
      isSystemAccount(s.runsAs) ? payloadsOf(s).find((path) => writablePlaces.test(placeOf(path))) : undefined,
  },
  {
    id: 'as-system',
    group: 'account',
    says: 'run as SYSTEM',
    seen: (s) => (isSystemAccount(s.runsAs) ? (s.runsAs ?? '') : undefined),
  },
]

/** What a person or an administrator who plans work asks for. */
export const habitTraits: readonly Trait[] = [
  {
    id: 'calendar',
    group: 'habit',
    says: 'start by the calendar',
    seen: (s) => (isRepeatedWithin(s, 900) ? undefined : triggered('calendar')(s)),
  },
  {
    id: 'on-event',
    group: 'habit',
    says: 'start on an event, at boot or when idle',
    seen: triggered('event', 'boot', 'idle', 'registration', 'session-state-change'),
  },
  {
    id: 'script-by-file',
    group: 'habit',
    says: 'have PowerShell run a script by its file that no stranger can replace',
    seen: ({ launches }) =>
      launches.find(
        ({ payload, rest }) =>
          payload?.endsWith('.ps1') && !strangersPlaces.test(placeOf(payload)) && /[-/](?:f\w*)\s/.test(rest),
      )?.payload ?? undefined,
  },
  {
    id: 'runtime',
    group: 'habit',
    says: 'run a program of Python, Node, PHP or Java',
    seen: ({ launches }) => launches.find(({ name }) => /^(?:python|node|php|java|py$|uv)/.test(name))?.name,
  },
  {
    id: 'with-options',
    group: 'habit',
    says: 'give a program that Windows does not bring its options',
    seen: ({ launches }) =>
      launches.find(
        ({ payload, program, rest }) =>
          payload === program &&
          !/^(?:windows|relative)$/.test(placeOf(program)) &&
          /(?:^|\s)(?:--[a-z]{3}|[-/][a-z]{4})/.test(rest),
      )?.rest,
  },
]
