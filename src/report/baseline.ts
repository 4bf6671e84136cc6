import {
  type BaselineReader,
  dayCountOf,
  type KnownHost,
  type ThingKind,
  type ThingSeen,
  thingKinds,
} from '../model/baseline.ts'
import { counted, grouped } from '../model/counted.ts'
import { type HostRole, hostRoles } from '../model/host-role.ts'
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
  yield `${counted(hosts.length, 'host')}, ${spanOf(hosts.flatMap(({ spans }) => [spans[0] ?? 0, spans.at(-1) ?? 0]))}\n`
  yield* roleLines(hosts)
  yield '\nhosts, the least known first\n'
  const byDays = [...hosts].sort((a, b) => dayCountOf(a.spans) - dayCountOf(b.spans))
  for (const { name, role, spans } of byDays.slice(0, listed.hosts))
    yield `  ${clean(name).padEnd(30)} ${counted(dayCountOf(spans), 'day').padStart(9)}  ${spanOf(spans)}  ${roleNames[role]}\n`
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
  const hosts = baseline.hosts.map(({ name, role, spans }) => ({
    name,
    role,
    days: dayCountOf(spans),
    ...spanJson(spans),
  }))
  const held = baseline.held.map(({ id, task, bits, isReleased }) => ({ id, task, bits, isReleased }))
  yield `${jsonLine({ schema: 'tasktrail.baseline-overview/1', id: baseline.id, roles: rolesOf(baseline.hosts), hosts, kinds, held })}\n`
}

const roleNames: Readonly<Record<HostRole, string>> = {
  unknown: 'role not told',
  workstation: 'workstation',
  server: 'server',
  'domain-controller': 'domain controller',
}

/** Warm-up by role: how many hosts, and days of hosts. */
const rolesOf = (hosts: readonly KnownHost[]) =>
  hostRoles.flatMap((role) => {
    const own = hosts.filter((host) => host.role === role)
    return own.length === 0
      ? []
      : [{ role, hosts: own.length, hostDays: own.reduce((sum, { spans }) => sum + dayCountOf(spans), 0) }]
  })

function* roleLines(hosts: readonly KnownHost[]): Iterable<string> {
  for (const { role, hosts: count, hostDays } of rolesOf(hosts))
    yield `  ${roleNames[role].padEnd(18)} ${counted(count, 'host').padStart(13)}, ${counted(hostDays, 'day')} of hosts\n`
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
