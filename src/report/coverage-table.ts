import { counted, grouped } from '../model/counted.ts'
import {
  type ArrivalDelay,
  type CapabilityCoverage,
  type CapabilityId,
  type CapabilityState,
  capabilities,
  capabilityIds,
  type FleetCoverageReport,
  type Gap,
  gradeNames,
  grades,
  type HostCoverageReport,
  type MendId,
  mends,
  type Telemetry,
} from '../model/coverage-report.ts'
import { formatInstant } from '../model/time.ts'
import { clean } from './clean.ts'
import { groupsOf, type HostGroup, shareSeen } from './coverage-groups.ts'
import { hostName } from './legible.ts'
import { mendTable } from './mend/mends.ts'
import { wrap } from './wrap.ts'

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number
}

const states: Readonly<Record<CapabilityState, string>> = {
  seen: 'seen',
  partial: 'partial',
  absent: 'ABSENT',
  'no-channel': 'no log',
  unknown: '?',
}

const telemetry: Readonly<Record<Telemetry, string>> = {
  security: 'Security',
  scheduler: 'Scheduler',
  sysmon: 'Sysmon',
  powershell: 'PowerShell',
  sensor: 'EDR',
  kept: 'files',
}

const nameWidth = 31
const cellWidth = 9
/** Lines of each list, so that all stays on one screen. */
const mostHoles = 6
const mostMends = 7
const capabilitiesNamed = 3
const hostsNamed = 4

/** Is it collected, since when and with which holes, what must be switched on: on one screen, however many hosts there are. */
export function* coverageTable(report: FleetCoverageReport, { width }: TableOptions): Iterable<string> {
  const { hosts } = report
  if (hosts.length === 0) {
    yield 'no host in the input: nothing of what is used could be read\n'
    return
  }
  const groups = groupsOf(hosts, Math.max(1, Math.floor((width - nameWidth - 1) / cellWidth)))
  const lines = [
    ...headLines(report, width),
    '',
    ...(hosts.length === 1 ? oneHost(hosts[0] as HostCoverageReport, width) : matrix(groups, width)),
    '',
    ...holeLines(hosts, width),
    ...consequenceLines(hosts, width),
    ...mendLines(hosts, width),
  ]
  yield `${lines.join('\n')}\n`
}

const minute = (ms: number): string => formatInstant({ time: ms, ticks: 0 }).slice(0, 16).replace('T', ' ')

function headLines({ hosts, first, last }: FleetCoverageReport, width: number): string[] {
  const byGrade = [...gradeNames].reverse().flatMap((grade) => {
    const n = hosts.filter((host) => host.grade === grade).length
    return n === 0 ? [] : [`${grouped(n)} ${grades[grade]}`]
  })
  const present = (wanted: HostCoverageReport['presence']) => hosts.filter(({ presence }) => presence === wanted).length
  const [silent, stale, unexpected] = [present('silent'), present('stale'), present('unexpected')]
  const span = first === null || last === null ? '' : `, ${minute(first)} to ${minute(last)} UTC`
  const presence = [
    ...(silent > 0 ? [`${grouped(silent)} expected and never seen, counted as blind`] : []),
    ...(stale > 0 ? [`${grouped(stale)} not seen lately, counted as blind`] : []),
    ...(unexpected > 0 ? [`${grouped(unexpected)} not expected`] : []),
  ]
  return [
    ...wrap(`${counted(hosts.length, 'host')}${span}: ${byGrade.join(', ')}`, { first: '', rest: '  ' }, width),
    ...(presence.length > 0 ? wrap(presence.join('; '), { first: '  ', rest: '  ' }, width) : []),
    ...roleLines(hosts, width),
  ]
}

/** Grades by role, where somebody said which role a host has. */
function roleLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const byRole = Map.groupBy(hosts, ({ role }) => role)
  if (byRole.size < 2) return []
  const lines = [...byRole].map(([role, own]) => {
    const full = own.filter(({ grade }) => grade === 'full-chain').length
    return `${clean(role ?? 'no role')} ${full} of ${grouped(own.length)}`
  })
  return wrap(`full chain by role: ${lines.sort().join(', ')}`, { first: '  ', rest: '    ' }, width)
}

const stateOf = ({ capabilities: own }: HostCoverageReport, id: CapabilityId): string =>
  id.startsWith('kept-') && own[id].state === 'no-channel' ? 'none' : states[own[id].state]

/** One host: each capability with since when and by what. */
function oneHost(host: HostCoverageReport, width: number): string[] {
  const atBest = host.grade === host.atBest ? '' : ` (${grades[host.atBest]}, if what is unknown works)`
  return [
    ...wrap(`${hostName(host.host)}: ${grades[host.grade]}${atBest}`, { first: '', rest: '  ' }, width),
    `${'is it collected?'.padEnd(nameWidth)}${''.padEnd(cellWidth - 1)}since (UTC)       by`,
    ...capabilityIds.flatMap((id) => {
      const one = host.capabilities[id]
      const since = one.proof === null ? ''.padEnd(18) : `${minute(one.proof.time)}  `
      return wrap(
        `${since}${clean(bySources(one))}`.trimEnd(),
        {
          first: `${capabilities[id].padEnd(nameWidth)}${stateOf(host, id).padEnd(cellWidth - 1)}`,
          rest: ''.padEnd(nameWidth + cellWidth + 17),
        },
        width,
      ).map((line) => line.trimEnd())
    }),
  ]
}

function bySources({ state, sources, missing, expected, proof }: CapabilityCoverage): string {
  const counts = sources.map((one) => `${telemetry[one.telemetry]} ${grouped(one.count)}`)
  if (sources.length === 0 && proof !== null) counts.push(`${clean(proof.channel)} ${proof.eventId}`)
  if (state === 'absent' && sources.length === 0 && missing.length === 0)
    return `expected: about ${grouped(Math.round(expected ?? 0))}`
  return [counts.join(', '), ...missing].filter((part) => part !== '').join('; ')
}

/** Groups of hosts that are alike, side by side. */
function matrix(groups: readonly HostGroup[], width: number): string[] {
  const letters = groups.map((_, i) => letter(i))
  const legend = groups.flatMap((group, i) => {
    const [first] = group.hosts
    const silent =
      first?.presence === 'silent' ? ', never seen' : first?.presence === 'stale' ? ', not seen lately' : ''
    const role =
      first?.role == null || !group.hosts.every((one) => one.role === first.role) ? '' : `, ${clean(first.role)}`
    const says = `${grades[first?.grade ?? 'blind']}${silent}${role}: `
    const indent = { first: `${letters[i]}  ${grouped(group.hosts.length).padStart(6)}  `, rest: ''.padEnd(11) }
    // two lines for each group: with long names fewer of them
    let lines: string[] = []
    for (let most = hostsNamed; most > 0; most--) {
      lines = wrap(`${says}${named(group.hosts, most)}`, indent, width)
      if (lines.length <= 2) break
    }
    return lines
  })
  const rows = capabilityIds.map((id) =>
    `${capabilities[id].padEnd(nameWidth)}${groups.map((group) => cellOf(group, id).padEnd(cellWidth)).join('')}`.trimEnd(),
  )
  return [
    ...legend,
    '',
    `${'is it collected?'.padEnd(nameWidth)}${letters.map((one) => one.padEnd(cellWidth)).join('')}`.trimEnd(),
    ...rows,
  ]
}

/** A, B, …, Z, AA: terminals are not that wide, but nothing else says so. */
const letter = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : `${letter(Math.floor(i / 26) - 1)}${letter(i % 26)}`

const cellOf = (group: HostGroup, id: CapabilityId): string =>
  group.isAlike ? stateOf(group.hosts[0] as HostCoverageReport, id) : `${Math.floor(shareSeen(group, id) * 100)} %`

function named(hosts: readonly HostCoverageReport[], most = hostsNamed): string {
  const more = hosts.length > most ? ` and ${grouped(hosts.length - most)} more` : ''
  return `${hosts
    .slice(0, most)
    .map(({ host }) => hostName(host))
    .join(', ')}${more}`
}

interface Hole {
  readonly host: HostCoverageReport
  readonly gap: Gap
  readonly capabilities: readonly CapabilityId[]
}

/** The first of them by name; the table above has all. */
function namesOf(ids: readonly CapabilityId[]): string {
  const more = ids.length > capabilitiesNamed ? ` and ${ids.length - capabilitiesNamed} more` : ''
  return `${ids
    .slice(0, capabilitiesNamed)
    .map((id) => capabilities[id])
    .join('; ')}${more}`
}

/** What a hole is, in words. */
const holeNames: Readonly<Record<Gap['kind'], string>> = {
  silent: 'silent, while the host went on',
  'log-silent': 'whole log silent, while the host went on',
  'switched-off': 'switched off',
  reconfigured: 'left out by a configuration',
  'log-cleared': 'log cleared',
  'rolled-over': 'older records are gone: overwritten',
  'ids-missing': 'records missing',
}

function holeLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const holes = hosts.flatMap(holesOf)
  const retention = [...retentionLines(hosts, width), ...delayLines(hosts, width)]
  if (holes.length === 0) return ['holes: none that its own rhythm or a record tells', ...retention]
  // the longest first; what never ended is the worst
  holes.sort((a, b) => lengthOf(b) - lengthOf(a))
  const shown = holes.slice(0, mostHoles)
  return [
    'holes:',
    ...shown.flatMap(({ host, gap, capabilities: ids }) => {
      const from = gap.from === null ? 'begin' : minute(gap.from)
      const to = gap.to === null ? 'end' : minute(gap.to)
      const what = gap.telemetry === null ? '' : `${telemetry[gap.telemetry]} `
      const which = ids.length === 0 ? '' : ` (${namesOf(ids)})`
      const where = hosts.length === 1 ? '' : `${hostName(host.host)}: `
      const records =
        gap.records === null
          ? ''
          : `, ${gap.kind === 'ids-missing' || gap.kind === 'rolled-over' ? '' : 'about '}${counted(gap.records, 'record')}`
      const proof = gap.proof === null ? '' : `, says event ${gap.proof.eventId} (record ${gap.proof.recordId})`
      return wrap(
        `${from} to ${to}  ${where}${what}${holeNames[gap.kind]}${records}${proof}${which}`,
        {
          first: '  ',
          rest: '    ',
        },
        width,
      )
    }),
    ...(holes.length > shown.length
      ? [`  … and ${counted(holes.length - shown.length, 'more hole')} (--format json)`]
      : []),
    ...retention,
  ]
}

const lengthOf = ({ gap: { from, to } }: Hole): number =>
  to === null ? Number.MAX_SAFE_INTEGER : from === null ? 0 : to - from

/** Holes of one host, those that several capabilities have in common once. */
function holesOf(host: HostCoverageReport): Hole[] {
  const byPlace = new Map<string, { gap: Gap; capabilities: CapabilityId[] }>()
  for (const id of capabilityIds) {
    for (const gap of host.capabilities[id].gaps) {
      // a log rolls over as a whole: what is rare in it comes again later than the rest
      const key = `${gap.telemetry} ${gap.kind} ${pieceOf(gap.from)} ${gap.kind === 'rolled-over' ? '' : pieceOf(gap.to)}`
      const known = byPlace.get(key)
      if (known) {
        known.capabilities.push(id)
        // one record may tell several of them: at least so many as the one that lacks most
        const records = Math.max(known.gap.records ?? 0, gap.records ?? 0)
        const to = gap.kind === 'rolled-over' && (gap.to ?? 0) < (known.gap.to ?? 0) ? gap.to : known.gap.to
        known.gap = { ...known.gap, to, records: records > 0 ? records : null }
      } else byPlace.set(key, { gap, capabilities: [id] })
    }
  }
  const told = [...byPlace.values()]
  for (const { gaps } of host.channels) {
    for (const gap of gaps) {
      const isTold = told.some(
        ({ gap: other }) => other.telemetry === gap.telemetry && other.kind === gap.kind && isNear(other, gap),
      )
      if (gap.telemetry !== null && !isTold) told.push({ gap, capabilities: [] })
    }
  }
  return told.map((one) => ({ host, ...one }))
}

/** Capabilities of one log fall silent within minutes of each other. */
const pieceOf = (ms: number | null): string => (ms === null ? '' : String(Math.round(ms / 1_800_000)))

const isNear = (a: Gap, b: Gap): boolean => pieceOf(a.from) === pieceOf(b.from) || pieceOf(a.to) === pieceOf(b.to)

/** How far the logs reach back, the shortest first. */
function retentionLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const shortest = new Map<string, { days: number; host: string }>()
  for (const { host, channels } of hosts) {
    for (const { channel, retentionDays, gaps } of channels) {
      if (retentionDays === null || !gaps.some(({ kind }) => kind === 'rolled-over')) continue
      const known = shortest.get(channel)
      if (!known || retentionDays < known.days) shortest.set(channel, { days: retentionDays, host })
    }
  }
  if (shortest.size === 0) return []
  const parts = [...shortest].map(
    ([channel, { days, host }]) => `${clean(channel)} ${days.toFixed(1)} days (${hostName(host)})`,
  )
  return wrap(`logs that reach back less far than the rest: ${parts.join(', ')}`, { first: '', rest: '  ' }, width)
}

/** How late records came, by log and of the host where they came latest. */
function delayLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const slowest = new Map<string, { delay: ArrivalDelay; host: string }>()
  for (const { host, channels } of hosts) {
    for (const { channel, delay } of channels) {
      const known = slowest.get(channel)
      if (delay !== null && (!known || delay.p95 > known.delay.p95)) slowest.set(channel, { delay, host })
    }
  }
  if (slowest.size === 0) return []
  const parts = [...slowest].map(
    ([channel, { delay, host }]) =>
      `${clean(channel)} half within ${lapse(delay.median)}, 95 % within ${lapse(delay.p95)}${hosts.length === 1 ? '' : ` (${hostName(host)})`}`,
  )
  const where = hosts.length === 1 ? '' : ', where they came latest'
  return wrap(`records arrived${where}: ${parts.join('; ')}`, { first: '', rest: '  ' }, width)
}

function lapse(ms: number): string {
  if (ms < 120_000) return `${Math.ceil(ms / 1000)} s`
  if (ms < 7_200_000) return `${Math.ceil(ms / 60_000)} min`
  return ms < 172_800_000 ? `${Math.ceil(ms / 3_600_000)} h` : `${Math.ceil(ms / 86_400_000)} days`
}

/** What nobody could have seen because of it. */
function consequenceLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const tests = blindTo(hosts, ({ tests }) => tests)
  const routes = blindTo(hosts, ({ routes }) => routes)
  const where = hosts.length === 1 ? '' : ` (on how many of ${counted(hosts.length, 'host')})`
  const list = (first: string, names: readonly string[]) => wrap(names.join(', '), { first, rest: '  ' }, width)
  const losses = comparisonsOf(hosts)
  return [
    ...(routes.length > 0 ? list(`changes not to be seen by route${where}: `, routes) : []),
    ...(tests.length > 0 ? list(`Atomic tests not to be seen${where}: `, tests) : []),
    ...losses.flatMap((loss) => wrap(loss, { first: '', rest: '  ' }, width)),
  ]
}

function blindTo(
  hosts: readonly HostCoverageReport[],
  which: (host: HostCoverageReport) => HostCoverageReport['tests'],
) {
  return Object.keys(which(hosts[0] as HostCoverageReport)).flatMap((name) => {
    const n = hosts.filter((host) => which(host)[name] === 'not-seen').length
    return n === 0 ? [] : [hosts.length === 1 ? name : `${name} ${grouped(n)}`]
  })
}

const things = { process: 'processes', 'task-change': 'changes of tasks', run: 'runs with a process id' } as const

/** How much one source saw of what another did. */
function comparisonsOf(hosts: readonly HostCoverageReport[]): string[] {
  const sums = new Map<
    string,
    { what: keyof typeof things; sources: readonly [Telemetry, Telemetry]; first: number; second: number; both: number }
  >()
  for (const { comparisons } of hosts) {
    for (const one of comparisons) {
      const key = `${one.what} ${one.sources.join(' ')}`
      const known = sums.get(key) ?? { ...one, first: 0, second: 0, both: 0 }
      sums.set(key, {
        ...known,
        first: known.first + one.first,
        second: known.second + one.second,
        both: known.both + one.both,
      })
    }
  }
  return [...sums.values()].flatMap(({ what, sources: [a, b], first, second, both }) => {
    const lostBySecond = first - both
    const lostByFirst = what === 'run' ? 0 : second - both
    if (lostBySecond <= 0 && lostByFirst <= 0) return []
    const parts = [
      ...(lostBySecond > 0
        ? [`${telemetry[b]} missed ${percent(lostBySecond, first)} of the ${grouped(first)} that ${telemetry[a]} told`]
        : []),
      ...(lostByFirst > 0
        ? [`${telemetry[a]} missed ${percent(lostByFirst, second)} of ${grouped(second)} that ${telemetry[b]} told`]
        : []),
    ]
    return [`loss, ${things[what]}: ${parts.join('; ')}`]
  })
}

const percent = (part: number, whole: number): string => {
  const share = (100 * part) / whole
  return share < 0.1 ? '< 0.1 %' : `${share.toFixed(share < 10 ? 1 : 0)} %`
}

/** What to switch on, what serves most hosts and capabilities first. */
function mendLines(hosts: readonly HostCoverageReport[], width: number): string[] {
  const served = new Map<MendId, { hosts: Set<string>; capabilities: Set<CapabilityId>; weight: number }>()
  for (const { host, capabilities: own, presence } of hosts) {
    if (presence === 'silent') continue
    for (const id of capabilityIds) {
      for (const mend of own[id].mend) {
        const known = served.get(mend) ?? { hosts: new Set(), capabilities: new Set(), weight: 0 }
        served.set(mend, known)
        known.hosts.add(host)
        known.capabilities.add(id)
        known.weight += weights[id] ?? 1
      }
    }
  }
  const silent = hosts.filter(({ presence }) => presence === 'silent').length
  const inOrder = [...served].sort((a, b) => b[1].weight - a[1].weight || mends.indexOf(a[0]) - mends.indexOf(b[0]))
  const shown = inOrder.slice(0, mostMends)
  const lines = shown.flatMap(([mend, { hosts: on, capabilities: ids }]) => {
    const where = hosts.length === 1 ? '' : ` on ${counted(on.size, 'host')}`
    return wrap(
      `${mendTable[mend].name}${where}: ${namesOf([...ids])}`,
      {
        first: '  ',
        rest: '      ',
      },
      width,
    )
  })
  if (inOrder.length === 0 && silent === 0) return ['switch on: nothing; all that can be judged is collected']
  return [
    'switch on, what helps most first:',
    ...(silent > 0 ? [`  collection on ${counted(silent, 'host')} that never reported`] : []),
    ...lines,
    ...(inOrder.length > shown.length
      ? [`  … and ${grouped(inOrder.length - shown.length)} more (--format json)`]
      : []),
  ]
}

/** The chain itself counts more than what stands beside it. */
const weights: Readonly<Partial<Record<CapabilityId, number>>> = {
  'task-registration': 8,
  'process-creation': 8,
  'run-start': 6,
  'command-line': 5,
  'task-modification': 4,
  'run-action': 2,
}
