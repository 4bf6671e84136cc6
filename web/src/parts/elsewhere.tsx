import { counted } from '../../../src/model/counted.ts'
import type { Thread } from '../../../src/report/page/answers/questions.ts'
import { useAnswer } from '../app-context.ts'
import type { FindingJson } from '../data/source.ts'
import { clock, shortHost } from '../words.ts'
import { ScopeLink } from './small.tsx'

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

const says: Readonly<Record<Thread['kind'], string>> = {
  user: 'same account',
  origin: 'same address',
  task: 'same task',
  definition: 'same definition',
  action: 'same command',
  program: 'same program',
  hash: 'same file',
}

/** Where else the same account, address, task, definition, command or file was met. */
export function Elsewhere({ id, finding }: { id: string; finding: FindingJson }) {
  const threads = useAnswer({ ask: 'threads', id })
  const names = fileNames(finding)
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
        {(threads ?? []).map(({ kind, value, findings, ordinary, hosts, first }) => (
          <tr key={kind + value}>
            <th scope="row">{kind === 'hash' && names.has(value) ? `same ${names.get(value)}` : says[kind]}</th>
            <td class="mono">
              <ScopeLink of={kind} value={value}>
                {value.length > 90 ? `${value.slice(0, 89)}…` : value}
              </ScopeLink>
            </td>
            <td>
              {findings < 2 ? (
                <span class="dim">{`nowhere else${ordinary > 0 ? `, but in ${counted(ordinary, 'ordinary chain')}` : ''}`}</span>
              ) : (
                `${counted(findings, 'finding')} on ${counted(hosts, 'host')}${first ? `, first ${clock(first.time)} on ${shortHost(first.host)}` : ''}`
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
