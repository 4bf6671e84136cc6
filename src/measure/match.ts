import { timeOf } from './form.ts'
import type { Told } from './told.ts'
import type { TrueChain } from './truth.ts'

const low = (text: string | null): string => (text ?? '').toLowerCase()
/** The file's name of a path, lower case. */
export const baseName = (path: string | null): string => low(path).split(/[\\/]/).at(-1) ?? ''
export const shortHost = (host: string): string => low(host).split(/[ .]/)[0] ?? ''
const taskPath = (path: string | null): string => `\\${low(path).replace(/^\\+/, '')}`
/** The name of an account without its domain, lower case; a computer's own account is what SYSTEM is called elsewhere. */
function account(user: string | null, host: string): string {
  const name = low(user).split('\\').at(-1) ?? ''
  return name === `${shortHost(host)}$` ? 'system' : name
}

/** The routes that count as right for an interface of the truth; null: the truth does not know it. */
const routes: Readonly<Record<string, readonly string[] | null>> = {
  schtasks: ['schtasks'],
  at: ['at'],
  powershell: ['powershell', 'wmi'],
  com: ['com'],
  wmi: ['wmi', 'powershell'],
  'rpc-remote': ['remote-rpc'],
  registry: ['registry'],
  'task-file': ['task-file'],
  'group-policy': ['group-policy'],
}

/** The kinds of change that count as right for one of the truth; null: any. */
function kindsOf(change: string): readonly string[] | null {
  if (/^creat|^remote-task/.test(change)) return ['created', 'modified']
  if (/^modif/.test(change)) return ['modified', 'created']
  if (/^dis/.test(change)) return ['disabled', 'modified']
  if (/^delet/.test(change)) return ['deleted']
  if (/^tamper/.test(change)) return ['tampered', 'modified', 'deleted']
  return null
}

/** Nothing was changed of the task; it ran something else. */
const isRunOnly = (chain: TrueChain): boolean => chain.change.startsWith('run-existing')

/** Clocks of exports are wrong by whole hours: that is the file's fault. */
const near = (a: number, b: number, wholeHoursMayDiffer: boolean): boolean => {
  const apart = Math.abs(a - b)
  return (wholeHoursMayDiffer ? Math.min(apart % 3_600_000, 3_600_000 - (apart % 3_600_000)) : apart) <= 5000
}

export const isSameTask = (told: Told, chain: TrueChain): boolean =>
  chain.task === null || taskPath(told.task) === taskPath(chain.task)

/** Whether a scan's chain can be this chain of the truth. */
export function isChain(told: Told, chain: TrueChain, wholeHoursMayDiffer: boolean): boolean {
  if (shortHost(told.host) !== shortHost(chain.host) || !isSameTask(told, chain)) return false
  if (isRunOnly(chain)) return told.runs > 0
  const kinds = kindsOf(chain.change)
  return (
    told.change !== null &&
    (kinds === null || kinds.includes(told.change.kind)) &&
    near(told.change.time, timeOf(chain.at), wholeHoursMayDiffer)
  )
}

/** How one chain of the truth was told; null: the truth does not say. */
export interface Judgement {
  readonly chain: TrueChain
  readonly told: Told | null
  readonly route: boolean | null
  readonly user: boolean | null
  readonly process: boolean | null
  /** Processes of its runs: named; part of runs that are only counted; not named at all. */
  readonly processes: { readonly named: number; readonly counted: number; readonly missing: number }
}

/** Judges a chain by the best of the scan's chains that can be it: that with the right route, then the most runs. */
export function judge(chain: TrueChain, candidates: readonly Told[]): Judgement {
  const allowed = isRunOnly(chain) ? null : (routes[chain.route] ?? null)
  const rank = (told: Told) => (allowed?.includes(told.change?.route ?? '') ? 1000 : 0) + told.runs
  const [told = null] = [...candidates].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))
  const named = chain.processes.filter((wanted) =>
    told?.processes.some(
      (one) => baseName(one.image) === baseName(wanted.image) && (wanted.pid === null || one.pid === wanted.pid),
    ),
  ).length
  const unnamed = chain.processes.length - named
  const isCounted = told?.hasMoreRuns ?? false
  return {
    chain,
    told,
    route: allowed === null ? null : told !== null && allowed.includes(told.change?.route ?? ''),
    user:
      isRunOnly(chain) || chain.user === null
        ? null
        : account(told?.change?.user ?? null, chain.host) === account(chain.user, chain.host),
    process:
      isRunOnly(chain) || chain.process === null
        ? null
        : baseName(told?.change?.process ?? null) === baseName(chain.process),
    processes: { named, counted: isCounted ? unnamed : 0, missing: isCounted ? 0 : unnamed },
  }
}
