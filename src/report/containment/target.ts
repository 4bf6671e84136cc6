import { nameOfSid } from '../../model/windows/accounts.ts'
import type { FindingJson } from '../finding-json.ts'

/** What is to be contained, as a finding names it: all of it is text of the input. */
export interface Target {
  /** The folder of the task, `\` for the root, and its name in it; null: its path is not known. */
  readonly task: { readonly path: string; readonly folder: string; readonly name: string } | null
  readonly isDeleted: boolean
  readonly channels: readonly string[]
  /** The processes that the scheduler started, the last first: with each goes all that it started. */
  readonly roots: readonly { readonly pid: number; readonly time: string; readonly image: string | null }[]
  /** Files that the task starts or opens, but for Windows' own programs. */
  readonly files: readonly string[]
  readonly account: {
    readonly name: string
    readonly user: string
    readonly sid: string | null
    readonly isLocal: boolean
  } | null
  /** Where the change came from. */
  readonly origin: string | null
}

/** What is told of each kind: a case is opened with the first, and JSON has them all. */
const most = { roots: 12, files: 24, channels: 12 }

export function targetOf(finding: FindingJson): Target {
  const { task, change, runs, evidence, host, circumstances, kind } = finding
  const actor = change?.actor ?? (kind === 'log-cleared' ? (circumstances[0]?.actor ?? null) : null)
  const channels = evidence.flatMap((one) => ('channel' in one && one.channel ? [one.channel] : []))
  return {
    task: task.path === null || kind === 'log-cleared' ? null : placeOf(task.path),
    isDeleted: (change?.laterChanges.at(-1)?.kind ?? change?.kind) === 'deleted',
    channels: [...new Set(channels)].slice(0, most.channels),
    roots: runs
      .flatMap(({ processes }) => processes.filter(({ depth, pid }) => depth === 0 && pid > 0))
      .map(({ pid, time, image }) => ({ pid, time, image }))
      .reverse()
      .slice(0, most.roots),
    files: filesOf(task).slice(0, most.files),
    account: actor && accountOf(actor, host),
    origin: actor?.remote?.address ?? actor?.remote?.host ?? null,
  }
}

function placeOf(path: string): NonNullable<Target['task']> {
  const whole = path.startsWith('\\') ? path : `\\${path}`
  const end = whole.lastIndexOf('\\')
  return { path: whole, folder: end === 0 ? '\\' : whole.slice(0, end), name: whole.slice(end + 1) }
}

/** Paths in what a task starts. */
const pathsIn = /(?:[a-z]:\\|\\\\|%[a-z]{1,32}%\\)[^"<>|*?\r\n]{1,240}?\.[a-z0-9]{1,4}(?=["',;\s)]|$)/gi
const ofWindows =
  /^(?:%windir%|%systemroot%|c:\\windows)\\(?:system32|syswow64)\\(?:windowspowershell\\v1\.0\\)?[^\\]+$/i

function filesOf({ definition, statedAction, payload }: FindingJson['task']): string[] {
  const files = new Map<string, string>()
  const put = (path: string) => {
    const plain = path.replaceAll('"', '').trim()
    if (/[\\/]/.test(plain) && !ofWindows.test(plain)) files.set(plain.toLowerCase(), plain)
  }
  for (const { path } of payload) put(path)
  for (const action of definition?.actions ?? []) {
    if (action.kind !== 'exec') continue
    put(action.command)
    for (const [path] of (action.arguments ?? '').slice(0, 8192).matchAll(pathsIn)) put(path)
  }
  for (const [path] of (statedAction ?? '').slice(0, 8192).matchAll(pathsIn)) put(path)
  return [...files.values()]
}

/** The person behind it; accounts of Windows and of computers have no password that somebody knows. */
function accountOf(
  { user, sid }: { readonly user: string | null; readonly sid: string | null },
  host: string,
): Target['account'] {
  const name = user ?? sid
  if (name === null || name.endsWith('$') || nameOfSid(sid ?? name) !== undefined || nameOfSid(name) !== undefined)
    return null
  const slash = (user ?? '').indexOf('\\')
  const domain = slash === -1 ? '' : (user ?? '').slice(0, slash)
  const label = host.split('.')[0] ?? ''
  return {
    name,
    user: user === null ? name : user.slice(slash + 1),
    sid: sid !== null && /^S-1-[\d-]{3,180}$/i.test(sid) ? sid : null,
    isLocal: domain === '.' || (domain !== '' && domain.toLowerCase() === label.toLowerCase()),
  }
}
