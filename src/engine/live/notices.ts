import { telemetryNames, telemetryOf } from '../../coverage/index.ts'
import { counted } from '../../model/counted.ts'
import type { ClockChanged, Fact, TelemetrySwitched } from '../../model/fact.ts'
import { formatInstant } from '../../model/time.ts'
import { auditSubcategories } from '../../model/windows/audit-subcategories.ts'
import type { Lost } from './shard-base.ts'

/** Something about what a host records or sends that somebody should know, beside what its chains tell. */
export interface LiveNotice {
  readonly kind: 'log-cleared' | 'log-switched' | 'clock-stepped' | 'source-silent' | 'too-late'
  /** As records name it. */
  readonly host: string
  /** One plain sentence without an end. The same record gives the same. */
  readonly text: string
}

/** A clock that was moved by less is being kept right, in milliseconds. */
const step = 60_000

/** What these facts say of their host's telemetry and its clock. */
export function noticesOf(facts: readonly Fact[]): LiveNotice[] {
  return facts.flatMap((fact): LiveNotice[] => {
    const { kind, host } = fact
    if (kind === 'log-cleared')
      return [{ kind, host, text: `the log ${fact.log} was cleared at ${at(fact)}${by(fact.user)}` }]
    if (kind === 'clock-changed') return stepped(fact)
    return kind === 'telemetry-switched' ? switched(fact) : []
  })
}

function stepped(fact: ClockChanged): LiveNotice[] {
  const { host, from, to, user } = fact
  if (Math.abs(to - from) < step) return []
  const [before, after] = [from, to].map((time) => formatInstant({ time, ticks: 0 }))
  const text = `its clock was set ${to < from ? 'back' : 'forward'} from ${before} to ${after}${by(user)}`
  return [{ kind: 'clock-stepped', host, text }]
}

/** A service that stops is most often a host that is shut down. */
function switched(fact: TelemetrySwitched): LiveNotice[] {
  const { host, log, subcategory, turns, user } = fact
  const what = subcategory === null ? `the log ${log}` : `auditing of ${nameOf(subcategory)}`
  const how = { off: 'was switched off', lost: 'lost records', on: null, stopped: null, reconfigured: null }[turns]
  return how === null ? [] : [{ kind: 'log-switched', host, text: `${what} ${how} at ${at(fact)}${by(user)}` }]
}

const nameOf = (subcategory: string): string =>
  Object.entries(auditSubcategories).find(([, guid]) => guid === subcategory)?.[0] ?? subcategory

const at = (fact: Fact): string => formatInstant(fact)
const by = (user: string | null): string => (user === null ? '' : ` by ${user}`)

/** A log of a host and when something of it came last, by the log of what arrived. */
export interface Heard {
  readonly host: string
  readonly channel: string
  readonly arrived: number
}

/** Logs in which a host that runs writes all day. */
const talkative: readonly string[] = ['security', 'scheduler', 'sysmon']

/**
 * Logs of a shard's hosts that became silent between two moments: nothing came of them for a time, while their host's other logs came.
 * Each is told once when the moments follow each other.
 */
export function silentLogs(
  heard: readonly Heard[],
  between: { readonly before: number; readonly now: number; readonly silence: number },
): LiveNotice[] {
  const { before, now, silence } = between
  const last = new Map<string, Heard>()
  const lastOfHost = new Map<string, number>()
  for (const one of heard) {
    const key = `${one.host}\n${one.channel}`
    if (one.arrived > (last.get(key)?.arrived ?? Number.NEGATIVE_INFINITY)) last.set(key, one)
    lastOfHost.set(one.host, Math.max(lastOfHost.get(one.host) ?? one.arrived, one.arrived))
  }
  return [...last.values()].flatMap(({ host, channel, arrived }): LiveNotice[] => {
    const log = telemetryOf(channel)
    if (log === undefined || !talkative.includes(log) || now - arrived <= silence || before - arrived > silence)
      return []
    if (now - (lastOfHost.get(host) ?? 0) > silence) return []
    const hours = counted(Math.floor(silence / 3_600_000), 'hour')
    return [
      {
        kind: 'source-silent',
        host,
        text: `nothing came of its ${telemetryNames[log]} log for ${hours}, while other logs of it came`,
      },
    ]
  })
}

/** What was lost of a shard's facts since it was looked at before. */
export function lostSince(host: string, before: Lost, now: Lost): LiveNotice[] {
  const sentences: readonly [number, string][] = [
    [now.late - before.late, 'came too late to be put in order: ties that hang on that may be missing'],
    [now.untold - before.untold, 'not used, having come so late that nobody can tell whether they had come before'],
    [now.ahead - before.ahead, 'not used, being dated far ahead of their arrival, and too many of these'],
  ]
  return sentences
    .filter(([count]) => count > 0)
    .map(([count, what]) => ({ kind: 'too-late', host, text: `${counted(count, 'record')} ${what}` }))
}
