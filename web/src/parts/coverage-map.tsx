import { counted } from '../../../src/model/counted.ts'
import { type Capability, capabilities, capabilityNames } from '../../../src/model/coverage.ts'
import { useApp } from '../app-context.ts'
import { clock, shortHost } from '../words.ts'

const shortNames: Readonly<Record<(typeof capabilities)[number], string>> = {
  'task-audit': 'task audit',
  'task-sensor': 'sensor',
  'scheduler-log': 'scheduler log',
  'process-starts': 'processes',
  'command-lines': 'command lines',
  logons: 'logons',
}

/** Hosts by what their telemetry could show; alike hosts are one line. */
export function CoverageMap({ limit, host: only }: { limit?: number; host?: string }) {
  const { store } = useApp()
  const groups = new Map<string, { hosts: string[]; seen: Set<string>; spans: Map<Capability, [number, number]> }>()
  for (const { host, spans } of store.data.coverage) {
    if (only !== undefined && host !== only) continue
    const seen = capabilities.filter((one) => spans[one] !== undefined)
    const key = seen.join()
    const group = groups.get(key) ?? {
      hosts: [],
      seen: new Set<string>(seen),
      spans: new Map<Capability, [number, number]>(),
    }
    group.hosts.push(host)
    for (const one of seen) {
      const span = spans[one]
      const known = group.spans.get(one)
      if (span)
        group.spans.set(
          one,
          known ? [Math.min(known[0], span.first), Math.max(known[1], span.last)] : [span.first, span.last],
        )
    }
    groups.set(key, group)
  }
  const lines = [...groups.values()].sort((a, b) => a.seen.size - b.seen.size || b.hosts.length - a.hosts.length)
  // Few hosts have a sensor that tells of tasks: where none has, its absence is no news.
  const columns = capabilities.filter((one) => one !== 'task-sensor' || lines.some(({ seen }) => seen.has(one)))
  const listed = limit === undefined ? lines : lines.slice(0, limit)
  if (lines.length === 0) return <p class="empty">No telemetry of any host was read.</p>
  return (
    <div class="scroll-x">
      <table class="coverage">
        <thead>
          <tr>
            <th scope="col">hosts</th>
            {columns.map((one) => (
              <th key={one} scope="col" title={capabilityNames[one]}>
                {shortNames[one]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map(({ hosts, seen, spans }) => (
            <tr key={hosts[0]}>
              <th scope="row" title={hosts.slice(0, 60).join(', ')}>
                {hosts.length === 1
                  ? shortHost(hosts[0] ?? '')
                  : `${counted(hosts.length, 'host')}: ${hosts.slice(0, 2).map(shortHost).join(', ')}${hosts.length > 2 ? ', …' : ''}`}
              </th>
              {columns.map((one) => {
                const span = spans.get(one)
                return (
                  <td
                    key={one}
                    class={seen.has(one) ? 'seen' : 'unseen'}
                    title={span ? `${clock(span[0])} to ${clock(span[1])}` : `no ${capabilityNames[one]}`}
                  >
                    <span>{seen.has(one) ? 'seen' : 'not seen'}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > listed.length && (
        <p class="more dim">{`and ${lines.length - listed.length} other kinds of hosts`}</p>
      )}
    </div>
  )
}
