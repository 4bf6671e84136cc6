import { type BaselineReader, type ThingKind, type ThingSeen, thingKinds } from '../model/baseline.ts'
import { counted, grouped } from '../model/counted.ts'
import { clean, jsonLine } from './clean.ts'

/** Hosts, things of a kind and held chains that are listed as text; JSON has all hosts and held chains. */
const listed = { hosts: 20, things: 5, held: 20 }

/** How many things of a kind there are, and those that the fewest and the most hosts show. */
interface KindOverview {
  readonly kind: ThingKind
  readonly count: number
  /** Shown by one host alone. */
  readonly single: number
  readonly rarest: readonly ThingSeen[]
  readonly commonest: readonly ThingSeen[]
}

/** What a baseline knows: warm-up per host, the rarest and the commonest, and what is held. */
export function* baselineText(baseline: BaselineReader): Iterable<string> {
  const { id, hosts, held } = baseline
  yield `baseline ${id}\n`
  yield `${counted(hosts.length, 'host')}, ${spanOf(hosts.flatMap(({ days }) => [days[0] ?? 0, days.at(-1) ?? 0]))}\n`
  yield '\nhosts, the least known first\n'
  const byDays = [...hosts].sort((a, b) => a.days.length - b.days.length)
  for (const { name, days } of byDays.slice(0, listed.hosts))
    yield `  ${clean(name).padEnd(30)} ${counted(days.length, 'day').padStart(9)}  ${spanOf(days)}\n`
  if (hosts.length > listed.hosts) yield `  … and ${counted(hosts.length - listed.hosts, 'more host')}\n`
  for (const { kind, count, single, rarest, commonest } of overviewOf(baseline)) {
    yield `\n${kind}: ${grouped(count)}, ${grouped(single)} of them on one host\n`
    for (const seen of commonest) yield thingLine(seen)
    if (count > commonest.length) yield '  …\n'
    for (const seen of rarest) yield thingLine(seen)
  }
  yield `\n${counted(held.length, 'chain')} did not teach, being out of the ordinary\n`
  for (const { id: chain, task, bits, isReleased } of held.slice(0, listed.held))
    yield `  ${clean(chain)}  ${bits.toFixed(1)} bits  ${clean(task ?? '?')}${isReleased ? ', released' : ''}\n`
  if (held.length > listed.held) yield `  … and ${grouped(held.length - listed.held)} more\n`
}

export function* baselineJson(baseline: BaselineReader): Iterable<string> {
  const kinds = overviewOf(baseline).map(({ rarest, commonest, ...more }) => ({
    ...more,
    commonest: commonest.map(thingJson),
    rarest: rarest.map(thingJson),
  }))
  const hosts = baseline.hosts.map(({ name, days }) => ({ name, days: days.length, ...spanJson(days) }))
  const held = baseline.held.map(({ id, task, bits, isReleased }) => ({ id, task, bits, isReleased }))
  yield `${jsonLine({ schema: 'tasktrail.baseline-overview/1', id: baseline.id, hosts, kinds, held })}\n`
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

function spanJson(days: readonly number[]) {
  const [first, last] = [days[0], days.at(-1)]
  return { first: first === undefined ? null : dateOf(first), last: last === undefined ? null : dateOf(last) }
}

function spanOf(days: readonly number[]): string {
  if (days.length === 0) return 'no day'
  let [first, last] = [days[0] ?? 0, days[0] ?? 0]
  for (const day of days) {
    first = Math.min(first, day)
    last = Math.max(last, day)
  }
  return `${dateOf(first)} to ${dateOf(last)}`
}

const hostsText = ({ hosts, isSample }: ThingSeen): string => `${isSample ? 'more than ' : ''}${grouped(hosts.length)}`
const thingLine = (seen: ThingSeen): string => `  ${hostsText(seen).padStart(6)}  ${clean(seen.key)}\n`
const thingJson = ({ key, hosts, isSample }: ThingSeen) => ({ key, hosts: hosts.length, isSample })

function overviewOf({ things }: BaselineReader): KindOverview[] {
  const byKind = new Map<ThingKind, ThingSeen[]>()
  for (const seen of things) {
    // Of what people made the general kinds tell.
    if (seen.kind === 'made') continue
    const list = byKind.get(seen.kind)
    if (list) list.push(seen)
    else byKind.set(seen.kind, [seen])
  }
  return thingKinds.flatMap((kind) => {
    const seen = byKind.get(kind)
    if (seen === undefined) return []
    seen.sort((a, b) => b.hosts.length - a.hosts.length || (a.key < b.key ? -1 : 1))
    const rest = seen.slice(listed.things)
    const single = seen.filter(({ hosts }) => hosts.length === 1).length
    return [
      {
        kind,
        count: seen.length,
        single,
        commonest: seen.slice(0, listed.things),
        rarest: rest.slice(-listed.things),
      },
    ]
  })
}
