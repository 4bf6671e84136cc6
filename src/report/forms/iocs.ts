import type { FileIdentity } from '../../model/file-identity.ts'
import type { ScoredChain, Severity } from '../../model/finding.ts'
import { severities } from '../../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../../model/time.ts'
import { inboxTask } from '../../model/windows/inbox/index.ts'
import { comparablePath, isInWindows } from '../../model/windows/location.ts'
import { csvLine } from '../csv-line.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf } from '../shown.ts'
import { toldOf } from '../told.ts'
import { actorOf, plannedOf, processesOf } from './gist.ts'

export const iocTypes = ['sha256', 'sha1', 'md5', 'imphash', 'ip', 'host', 'url', 'path', 'task', 'definition'] as const
type IocType = (typeof iocTypes)[number]

interface Ioc {
  readonly type: IocType
  readonly value: string
  readonly note: string
}

interface Gathered {
  readonly ioc: Ioc
  severity: Severity
  findings: number
  readonly hosts: Set<string>
  readonly ids: string[]
  first: Instant | null
  last: Instant | null
}

/** Values that are gathered at once: beyond them each gets a row of its own, so that nothing is lost and nothing grows without end. */
const mostGathered = 200_000
/** Hosts that are counted of one value, and findings that are named. */
const most = { hosts: 10_000, ids: 8 }

const columns = ['type', 'value', 'note', 'severity', 'findings', 'hosts', 'first', 'last', 'ids'] as const

/**
 * One row a value by which the same can be looked for elsewhere: hashes, addresses, paths, tasks, definitions. Files of Windows itself
 * are left out, unless their signature is wrong: they are everywhere.
 */
export function* iocsCsv(result: ScanResult, options: ReportOptions): Iterable<string> {
  yield csvLine(columns)
  const gathered = new Map<string, Gathered>()
  for (const scored of shownOf(result, options)) {
    for (const ioc of iocsOf(scored)) {
      const key = `${ioc.type}\0${ioc.value}`
      const known = gathered.get(key)
      if (known) see(known, scored)
      else {
        const one = gatheredOf(ioc)
        see(one, scored)
        if (gathered.size < mostGathered) gathered.set(key, one)
        else yield row(one)
      }
    }
  }
  const order = (one: Gathered) => iocTypes.indexOf(one.ioc.type)
  const all = [...gathered.values()]
  all.sort((a, b) => order(a) - order(b) || (a.ioc.value < b.ioc.value ? -1 : a.ioc.value > b.ioc.value ? 1 : 0))
  for (const one of all) yield row(one)
}

const gatheredOf = (ioc: Ioc): Gathered => ({
  ioc,
  severity: 'informational',
  findings: 0,
  hosts: new Set(),
  ids: [],
  first: null,
  last: null,
})

function see(one: Gathered, { chain, score }: ScoredChain): void {
  one.findings++
  if (severities.indexOf(score.severity) > severities.indexOf(one.severity)) one.severity = score.severity
  if (one.hosts.size < most.hosts) one.hosts.add(chain.host)
  if (one.ids.length < most.ids) one.ids.push(chain.id)
  if (chain.at.time === 0) return
  if (one.first === null || compareInstants(chain.at, one.first) < 0) one.first = chain.at
  if (one.last === null || compareInstants(chain.at, one.last) > 0) one.last = chain.at
}

const row = ({ ioc, severity, findings, hosts, ids, first, last }: Gathered): string =>
  csvLine([
    ioc.type,
    ioc.value,
    ioc.note,
    severity,
    findings,
    hosts.size,
    first && formatInstant(first),
    last && formatInstant(last),
    ids.join(' '),
  ])

/** The values of one finding, each once. */
function iocsOf(scored: ScoredChain): Ioc[] {
  const { chain } = toldOf(scored)
  const found = new Map<string, Ioc>()
  const put = (type: IocType, value: string | null | undefined, note = '') => {
    if (value && !found.has(`${type}\0${value}`)) found.set(`${type}\0${value}`, { type, value, note })
  }
  const putFile = (path: string | null, file: FileIdentity | null) => {
    if (path !== null && isOfWindows(path) && !isWrong(file)) return
    put('sha256', file?.sha256)
    put('sha1', file?.sha1)
    put('md5', file?.md5)
    put('imphash', file?.importHash)
    if (path?.includes('\\')) put('path', path)
  }
  const remote = actorOf(chain)?.remote
  put('ip', remote?.address)
  put('host', remote?.host)
  if (chain.kind === 'log-cleared') return [...found.values()]
  const processes = processesOf(chain)
  const lines = [...plannedOf(chain), ...processes.map(({ commandLine }) => commandLine ?? '')]
  for (const line of lines) for (const [url] of line.slice(0, longestLine).matchAll(urls)) put('url', url)
  for (const { path, file } of chain.payload) putFile(path, file)
  for (const { image, file, outside } of processes) {
    putFile(image, file)
    put('ip', outside?.address, 'connected to')
    put('host', outside?.host, 'connected to')
  }
  if (chain.taskPath !== null)
    put('task', chain.taskPath, inboxTask(chain.taskPath) === undefined ? '' : 'Windows has a task of this name')
  put('definition', chain.definitionHash)
  return [...found.values()]
}

/** As much of a command line as Windows allows. */
const longestLine = 32_768
const urls = /\b(?:https?|ftp):\/\/[^\s"'`<>()|^]{1,2000}/gi

/** A file of Windows, or one that is named without a folder: Windows finds it there. */
const isOfWindows = (path: string): boolean => !/[\\/]/.test(path) || isInWindows(comparablePath(path))

const isWrong = (file: FileIdentity | null): boolean =>
  file?.signature != null && ['unsigned', 'expired', 'revoked', 'invalid'].includes(file.signature)
