import { useMemo } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp, useSoon } from '../app-context.ts'
import type { PageCoverage, PageCoverageGroup } from '../data/source.ts'
import { clock, shortHost } from '../words.ts'
import { Waiting } from './small.tsx'

const stateWords: Readonly<Record<string, string>> = {
  seen: 'seen',
  partial: 'partly',
  absent: 'none of it',
  'no-channel': 'log not there',
  unknown: 'not known',
}

/** Null until it has come. */
function useCoverage(host?: string): PageCoverage | null {
  const { source } = useApp()
  return useSoon(
    host ?? '',
    useMemo(() => source.coverage(host), [source, host]),
  )
}

/** What could be seen, by kinds of hosts that are alike, the worst first. */
export function CoverageMap({ limit, host }: { limit?: number; host?: string }) {
  const coverage = useCoverage(host)
  if (coverage === null) return <Waiting />
  const all = coverage.groups.filter(({ hosts }) => host === undefined || hosts.includes(host))
  const groups = limit === undefined ? all : all.slice(0, limit)
  if (all.length === 0) return <p class="empty">No telemetry of any host was read.</p>
  return (
    <div class="coverage">
      {host === undefined && <Grades grades={coverage.grades} />}
      {host === undefined && <Silent {...coverage.silent} />}
      <div class="scroll-x">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">hosts</span>
              </th>
              {coverage.capabilities.map(({ id, name }) => (
                <th key={id} scope="col">
                  <span>{name.replace(/ \(.*/, '').replace(', with content', '')}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Line
                key={group.hosts[0] ?? group.grade}
                capabilities={coverage.capabilities}
                group={host === undefined ? group : { ...group, hosts: [host], count: 1 }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p class="legend dim">
        {Object.entries(stateWords).map(([state, words]) => (
          <span key={state}>
            <i class={`cell ${state}`} />
            {words}
          </span>
        ))}
      </p>
      {all.length > groups.length && (
        <p class="more dim">{`and ${counted(all.length - groups.length, 'other kind')} of hosts`}</p>
      )}
    </div>
  )
}

/** Hosts that should be there and are not: where nobody listened, nothing was heard. */
function Silent({ count, hosts }: PageCoverage['silent']) {
  if (count === 0) return null
  const named = hosts.slice(0, 8)
  return (
    <p class="warn">
      {`${counted(count, 'host')} that should be there ${count === 1 ? 'is' : 'are'} not: ${named.join(', ')}`}
      {count > named.length && (
        <span title={hosts.slice(0, 200).join(', ')}>{`, and ${count - named.length} more`}</span>
      )}
    </p>
  )
}

/** How far the way from a change to what ran could be seen, on how many hosts. */
function Grades({ grades }: Pick<PageCoverage, 'grades'>) {
  return (
    <ul class="grades" aria-label="what could be seen, by hosts">
      {grades
        .filter(({ count }) => count > 0)
        .map(({ id, name, count }) => (
          <li key={id} class={`grade ${id}`} style={{ flexGrow: count }}>
            <b>{count}</b> {name}
          </li>
        ))}
    </ul>
  )
}

function Line({ group, capabilities }: { group: PageCoverageGroup } & Pick<PageCoverage, 'capabilities'>) {
  const { hosts, count, gradeName, grade, role, presence } = group
  const names = hosts.slice(0, 2).map(shortHost).join(', ')
  return (
    <tr>
      <th scope="row" title={hosts.slice(0, 60).join(', ')}>
        <span class={`grade-mark ${grade}`} />
        {count === 1 ? names : `${counted(count, 'host')}: ${names}${count > 2 ? ', …' : ''}`}
        <span class="dim">{` ${gradeName}${role === null ? '' : `, ${role}`}${presence === 'seen' ? '' : `, ${presence}`}`}</span>
      </th>
      {capabilities.map(({ id, name }, place) => {
        const state = group.states[place] ?? null
        const says =
          state === null ? `on ${Math.round((group.shares[place] ?? 0) * 100)} % of them` : (stateWords[state] ?? state)
        return (
          <td key={id}>
            <span class={`cell ${state ?? 'mixed'}`} title={`${name}: ${says}`}>
              <span class="visually-hidden">{says}</span>
            </span>
          </td>
        )
      })}
    </tr>
  )
}

/** What is missing on which hosts, and what would make it seen. */
export function Mends({ host }: { host?: string }) {
  const coverage = useCoverage(host)
  if (coverage === null) return <Waiting />
  const { groups } = coverage
  if (groups.length === 0) return <p class="empty">No telemetry of any host was read.</p>
  const told = groups
    .filter(
      ({ hosts, mends, missing }) => (host === undefined || hosts.includes(host)) && mends.length + missing.length > 0,
    )
    .map((group) => (host === undefined ? group : { ...group, hosts: [host], count: 1 }))
  if (told.length === 0) return <p class="good">Nothing is missing that could be switched on.</p>
  return (
    <div class="mends">
      {told.slice(0, 40).map((group) => (
        <div key={group.hosts[0] ?? group.grade}>
          <h3>
            {group.count === 1 ? group.hosts[0] : counted(group.count, 'host')}
            <span class="dim">
              {group.count === 1
                ? ''
                : ` ${group.hosts.slice(0, 3).map(shortHost).join(', ')}${group.count > 3 ? ', …' : ''}`}
            </span>
          </h3>
          {group.missing.length > 0 && (
            <ul class="plain-list">
              {group.missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
          {group.mends.length > 0 && <p class="dim">{`To switch on: ${group.mends.join(' · ')}`}</p>}
        </div>
      ))}
      {told.length > 40 && <p class="more dim">{`and ${told.length - 40} other kinds of hosts`}</p>}
    </div>
  )
}

const gapWords: Readonly<Record<string, string>> = {
  silent: 'silent',
  'log-silent': 'the whole log silent',
  'switched-off': 'switched off',
  'log-cleared': 'log cleared',
  'rolled-over': 'rolled over: older records are gone',
  'ids-missing': 'records missing',
}

/** Since when and until when there is anything of each host, and the holes in it. */
export function CoverageTimes({ host, limit = 60 }: { host?: string; limit?: number }) {
  const coverage = useCoverage(host)
  if (coverage === null) return <Waiting />
  const { hosts } = coverage
  const own = hosts.filter(
    (one) => (host === undefined || one.host === host) && one.first !== null && one.last !== null,
  )
  const first = own.reduce((least, one) => Math.min(least, one.first ?? least), Number.POSITIVE_INFINITY)
  const last = own.reduce((most, one) => Math.max(most, one.last ?? most), Number.NEGATIVE_INFINITY)
  const [start, length] = [first, Math.max(last - first, 1)]
  const share = (time: number) => Math.min(100, Math.max(0, ((time - start) / length) * 100))
  if (own.length === 0) return <p class="empty">No record has a time.</p>
  return (
    <div class="host-strips">
      {own.slice(0, limit).map((one) => (
        <div key={one.host} class="host-strip">
          <span title={one.host} class="host">
            {shortHost(one.host)}
          </span>
          <span class={`grade-mark ${one.grade}`} title={one.grade} />
          <span />
          <svg
            class="strip spans"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
            role="img"
            aria-label={`${shortHost(one.host)}: ${clock(one.first)} to ${clock(one.last)}, ${counted(one.gaps.length, 'hole')}`}
          >
            <rect
              class="there"
              x={share(one.first ?? first)}
              width={Math.max(share(one.last ?? last) - share(one.first ?? first), 0.3)}
              y={2}
              height={6}
            />
            {one.gaps.map((gap, number) => {
              const [from, to] = [share(gap.from ?? one.first ?? first), share(gap.to ?? one.last ?? last)]
              return (
                <rect key={number} class="hole" x={from} width={Math.max(to - from, 0.4)} y={0} height={10}>
                  <title>{`${gapWords[gap.kind] ?? gap.kind}${gap.telemetry === null ? '' : ` (${gap.telemetry})`}: ${gap.from === null ? 'from the beginning' : clock(gap.from)} to ${gap.to === null ? 'the end' : clock(gap.to)}`}</title>
                </rect>
              )
            })}
          </svg>
        </div>
      ))}
      <div class="scale">
        <span>{clock(first).slice(0, 16)}</span>
        <span />
        <span>{clock(last).slice(0, 16)} UTC</span>
      </div>
      {own.length > limit && <p class="more dim">{`and ${counted(own.length - limit, 'more host')}`}</p>}
    </div>
  )
}
