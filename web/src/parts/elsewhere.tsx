import { useMemo } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import { matching } from '../data/filter.ts'
import type { Row } from '../data/store.ts'
import { clock, shortHost } from '../words.ts'
import { type ScopeKind, ScopeLink } from './small.tsx'

interface Thread {
  readonly kind: ScopeKind
  readonly says: string
  readonly value: string
}

function threadsOf(row: Row): Thread[] {
  const threads: Thread[] = []
  const put = (kind: ScopeKind, says: string, value: string | null) => {
    if (value !== null && value !== '') threads.push({ kind, says, value })
  }
  put('user', 'same account', row.user)
  put('origin', 'same address', row.origin)
  if (row.kind !== 'log-cleared') put('task', 'same task', row.title)
  put('definition', 'same definition', row.definition)
  put('action', 'same command', row.action)
  for (const hash of row.hashes.slice(0, 6)) put('hash', 'same file', hash)
  return threads
}

/** Where else the same account, address, task, definition, command or file was met. */
export function Elsewhere({ row }: { row: Row }) {
  const { store } = useApp()
  const found = useMemo(
    () =>
      threadsOf(row).map((thread) => {
        const rows = matching(store, { [thread.kind]: thread.value, order: 'time' })
        const seen = rows.filter(({ severity, number }) => severity > 0 || number === row.number)
        return { ...thread, rows, seen, hosts: new Set(seen.map(({ host }) => host)) }
      }),
    [store, row],
  )
  return (
    <table class="elsewhere">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">what</th>
          <th scope="col">value</th>
          <th scope="col">where else</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ kind, says, value, rows, seen, hosts }) => {
          const [first] = seen
          const ordinary = rows.length - seen.length
          return (
            <tr key={kind + value}>
              <th scope="row">{says}</th>
              <td class="mono">
                <ScopeLink of={kind} value={value}>
                  {value.length > 90 ? `${value.slice(0, 89)}…` : value}
                </ScopeLink>
              </td>
              <td>
                {seen.length < 2 ? (
                  <span class="dim">{`nowhere else${ordinary > 0 ? `, but in ${counted(ordinary, 'ordinary chain')}` : ''}`}</span>
                ) : (
                  `${counted(seen.length, 'finding')} on ${counted(hosts.size, 'host')}${first ? `, first ${clock(first.time)} on ${shortHost(first.host)}` : ''}`
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
