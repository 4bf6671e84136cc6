import { useMemo } from 'preact/hooks'
import { counted, grouped } from '../../../src/model/counted.ts'
import { useApp, useSoon } from '../app-context.ts'
import type { Fed as Answer } from '../data/source.ts'
import { moment, size } from '../words.ts'
import { HostLink, Waiting } from './small.tsx'

/** What a service is fed with: from where, until when, what of it could not be read, and what happened to the collection. */
export function Fed({ limit }: { limit: number | undefined }) {
  const { source, version } = useApp()
  const fed = useSoon(
    'fed',
    useMemo(() => source.fed?.() ?? null, [source, version]),
  )
  if (fed === null) return <Waiting />
  const { health, sources, notices } = fed
  const most = limit ?? 200
  return (
    <div class="input">
      <dl class="facts">
        <Fact name="sources">{grouped(sources.length)}</Fact>
        <Fact name="size">{size(health.totals.bytes)}</Fact>
        <Fact name="records">{grouped(health.totals.records)}</Fact>
        <Fact name="hosts">{grouped(health.hosts)}</Fact>
      </dl>
      {health.refusal !== null && <p class="warn">{`Nothing is taken at the moment: ${health.refusal}.`}</p>}
      <p class="dim">
        {`Counted since the service was started, ${when(health.started)}. `}
        {health.lagSeconds > 5 && `What came is looked at ${Math.round(health.lagSeconds)} s later. `}
        {health.totals.late > 0 && `${counted(health.totals.late, 'fact')} came too late to be put in order.`}
      </p>
      {notices.length > 0 && (
        <div class="said">
          <h3>To know</h3>
          <ul data-mark="·">
            {notices.slice(0, most).map(({ id, time, host, text }) => (
              <li key={id}>
                <span class="dim">{`${when(time)} `}</span>
                {host !== null && <HostLink host={host} />} {text}
              </li>
            ))}
            {notices.length > most && <li class="dim">{`and ${notices.length - most} more`}</li>}
          </ul>
        </div>
      )}
      <Sources sources={sources} most={most} isShort={limit !== undefined} />
      {health.faults.length > 0 && limit === undefined && (
        <div class="said">
          <h3>Faults of the service itself</h3>
          <ul data-mark="!">
            {health.faults.map(({ time, text }) => (
              <li key={`${time} ${text}`}>{`${when(time)} ${text}`}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

const when = (time: string | null): string => (time === null ? 'never' : moment(time).slice(0, 19))

const Fact = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Sources({ sources, most, isShort }: { sources: Answer['sources']; most: number; isShort: boolean }) {
  if (sources.length === 0) return <p class="empty">Nothing has been sent yet.</p>
  return (
    <div class="scroll-x">
      <table class="sources">
        <thead>
          <tr>
            {['source', 'last heard', ...(isShort ? [] : ['records', 'newest record', 'not read'])].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.slice(0, most).map(({ name, records, arrived, newest, problems }) => {
            const count = problems.reduce((sum, one) => sum + one.count, 0)
            const [last] = problems
            return (
              <tr key={name}>
                <th scope="row" class="mono">
                  {name}
                </th>
                <td>{when(arrived)}</td>
                {!isShort && <td>{grouped(records)}</td>}
                {!isShort && <td>{newest === null ? '' : when(newest)}</td>}
                {!isShort && (
                  <td title={last?.reason ?? ''}>{count === 0 ? '' : `${grouped(count)}: ${last?.reason ?? ''}`}</td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
      {sources.length > most && <p class="more dim">{`and ${counted(sources.length - most, 'more source')}`}</p>}
    </div>
  )
}
