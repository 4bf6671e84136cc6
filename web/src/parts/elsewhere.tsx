import { useMemo } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import { matching } from '../data/filter.ts'
import type { FindingJson, Row } from '../data/store.ts'
import { clock, shortHost } from '../words.ts'
import { type ScopeKind, ScopeLink } from './small.tsx'

interface Thread {
  readonly kind: ScopeKind
  readonly says: string
  readonly value: string
}

function threadsOf(row: Row, finding: FindingJson): Thread[] {
  const threads: Thread[] = []
  const put = (kind: ScopeKind, says: string, value: string | null) => {
    if (value !== null && value !== '') threads.push({ kind, says, value })
  }
  put('user', 'same account', row.user)
  put('origin', 'same address', row.origin)
  if (row.kind !== 'log-cleared') put('task', 'same task', row.title)
  put('definition', 'same definition', row.definition)
  put('action', 'same command', row.action)
  const names = fileNames(finding)
  for (const hash of row.hashes.slice(0, 6)) put('hash', `same ${names.get(hash) ?? 'file'}`, hash)
  return threads
}

/** The name of each file by its hash: nobody knows one by that. */
function fileNames({ task, runs }: FindingJson): Map<string, string> {
  const names = new Map<string, string>()
  const put = (hashes: Hashes, path: string | null) => {
    const hash = hashes?.sha256 ?? hashes?.sha1 ?? hashes?.md5 ?? null
    const name = path?.replaceAll('"', '').split(/[\\/]/).at(-1) ?? ''
    if (hash !== null && name !== '' && !names.has(hash)) names.set(hash, name)
  }
  for (const { path, hashes } of task.payload) put(hashes, path)
  for (const { processes } of runs) for (const { image, hashes } of processes) put(hashes, image)
  return names
}
type Hashes = FindingJson['task']['payload'][number]['hashes']

/** Where else the same account, address, task, definition, command or file was met. */
export function Elsewhere({ row, finding }: { row: Row; finding: FindingJson }) {
  const { store } = useApp()
  const found = useMemo(
    () =>
      threadsOf(row, finding).map((thread) => {
        const rows = matching(store, { [thread.kind]: thread.value, order: 'time' })
        const seen = rows.filter(({ severity, number }) => severity > 0 || number === row.number)
        return { ...thread, rows, seen, hosts: new Set(seen.map(({ host }) => host)) }
      }),
    [store, row, finding],
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
