import { canonicalAccount, commandTemplate, pathTemplate, taskTemplate } from '../model/canonical/index.ts'
import type { Actor, Chain, ClearedLog } from '../model/chain.ts'
import { splitProgram } from '../model/command-line.ts'
import type { TaskDefinition } from '../model/definition.ts'
import { pathsIn } from '../model/payload.ts'
import type { Trace, TraceKind } from '../model/scope.ts'
import { isServiceAccount } from '../model/windows/accounts.ts'
import { inboxTask, matchesInbox } from '../model/windows/inbox/index.ts'
import { comparablePath, isInProgramFiles, isInWindows } from '../model/windows/location.ts'

/** What of a chain can be the same elsewhere: as a scan has it, or as a finding of an earlier scan tells it. */
export interface Traced {
  readonly taskPath: string | null
  readonly definition: TaskDefinition | null
  readonly definitionHash: string | null
  readonly looseHash: string | null
  readonly statedAction: string | null
  readonly files: readonly TracedFile[]
  /** What stood beside it, one text each: what a registry value was set to, which library was planted. */
  readonly circumstances: readonly string[]
  readonly change: null | {
    readonly kind: string
    /** The command line of the process that made it. */
    readonly commandLine: string | null
    readonly before: TaskDefinition | null
    readonly user: string | null
    readonly sid: string | null
    readonly address: string | null
    readonly host: string | null
  }
}

interface TracedFile {
  readonly path: string
  readonly md5: string | null
  readonly sha1: string | null
  readonly sha256: string | null
}

/** A chain's own. */
export function tracedChain(chain: Chain, looseHash: string | null): Traced {
  if (chain.kind === 'log-cleared') return tracedLog(chain)
  const { taskPath, definition, definitionHash, statedAction, change } = chain
  return {
    ...{ taskPath, definition, definitionHash, looseHash, statedAction },
    files: chain.payload.map(({ path, file }) => ({
      path,
      md5: file?.md5 ?? null,
      sha1: file?.sha1 ?? null,
      sha256: file?.sha256 ?? null,
    })),
    circumstances: chain.circumstances.filter(({ kind }) => tellsOfTask(kind)).map(({ what }) => what),
    change: change && { kind: change.kind, before: change.before, ...makerOf(change.actor) },
  }
}

/** Of a cleared log only who cleared it, how and from where can be met again. */
const tracedLog = ({ by }: ClearedLog): Traced => ({
  ...{ taskPath: null, definition: null, definitionHash: null, looseHash: null, statedAction: null },
  ...{ files: [], circumstances: [] },
  change: by && { kind: 'cleared', before: null, ...makerOf(by) },
})

const makerOf = ({ user, sid, process, remote }: Actor) => ({
  commandLine: process?.commandLine ?? null,
  ...{ user, sid, address: remote?.address ?? null, host: remote?.host ?? null },
})

/** Whether such a circumstance is about what the task runs: a cleared log is about all tasks. */
export const tellsOfTask = (kind: string): boolean => !kind.startsWith('log-') && kind !== 'timestamp-changed'

/**
 * What a chain shows that says something where it is met again. What is Windows' own, what was there before an intruder came (the
 * definition before a modification), and what every host has (SYSTEM, a program of Windows without arguments) says nothing.
 */
export function tracesOf(traced: Traced): Trace[] {
  const { definition, change, taskPath } = traced
  const isInbox = taskPath !== null && definition !== null && matchesInbox(taskPath, definition.actions) === 'same'
  const traces = isInbox
    ? []
    : [...definitionTraces(traced), ...fileHashes(traced), ...actionTraces(traced), ...taskTrace(traced)]
  const before = change?.before
  const old = new Set(before ? actionTraces({ ...traced, definition: before, statedAction: null }).map(idOf) : [])
  return [
    ...traces.filter((trace) => !old.has(idOf(trace))),
    ...circumstanceTraces(traced),
    ...requestTraces(traced),
    ...makerTraces(change),
  ]
}

/** By which two traces are one. */
export const idOf = ({ kind, key }: Trace): string => `${kind} ${key}`

const trace = (kind: TraceKind, key: string, value: string): Trace => ({ kind, key, value })

function definitionTraces({ definitionHash, looseHash }: Traced): Trace[] {
  return [
    ...(definitionHash === null ? [] : [trace('definition', definitionHash, definitionHash)]),
    ...(looseHash === null ? [] : [trace('loose-definition', looseHash, looseHash)]),
  ]
}

/** Hashes of files that are not Windows' own: cmd.exe is the same everywhere. */
function fileHashes({ files }: Traced): Trace[] {
  return files.flatMap(({ path, md5, sha1, sha256 }) => {
    const hash = sha256 ?? sha1 ?? md5
    return hash === null || isOfWindows(path) ? [] : [trace('file-hash', hash, `${hash} (${path})`)]
  })
}

/** A program of Windows, also where it is written without its folder. */
function isOfWindows(path: string): boolean {
  const plain = comparablePath(path.replaceAll('"', '').trim())
  return isInWindows(plain) || !/[\\/]/.test(plain)
}

interface Command {
  readonly line: string
  readonly program: string
  readonly rest: string
}

function commandsOf({ definition, statedAction }: Pick<Traced, 'definition' | 'statedAction'>): Command[] {
  const defined = (definition?.actions ?? []).flatMap((action) => {
    if (action.kind !== 'exec') return []
    const rest = action.arguments ?? ''
    return { line: rest === '' ? action.command : `${action.command} ${rest}`, program: action.command, rest }
  })
  return statedAction === null ? defined : [...defined, { line: statedAction, ...splitProgram(statedAction) }]
}

/** Names shorter than this stand in a command line by chance. */
const leastOfName = 6

function actionTraces(traced: Traced): Trace[] {
  const name = (traced.taskPath?.split('\\').at(-1) ?? '').toLowerCase()
  const traces = new Map<string, Trace>()
  for (const { line, program, rest } of commandsOf(traced)) {
    // Tools that name their output after the task make a new name for each.
    const plain = name.length < leastOfName ? line : line.toLowerCase().replaceAll(name, '{task}')
    const found = [
      ...(rest.trim() === '' && (isOfWindows(program) || isInstalled(program))
        ? []
        : [trace('command', commandTemplate(plain), line)]),
      ...[program, ...pathsOf(rest)]
        .filter((path) => !isOfWindows(path) && !isInstalled(path))
        .map((path) => trace('file', pathTemplate(path), path)),
    ]
    for (const one of found) if (one.key !== '') traces.set(idOf(one), one)
  }
  return [...traces.values()]
}

const pathsOf = (text: string): string[] => [...text.matchAll(pathsIn)].map(([path]) => path)

const isInstalled = (path: string): boolean => isInProgramFiles(comparablePath(path.replaceAll('"', '').trim()))

/** Letters and digits that are left of a name to tell it by, where all that a machine makes up has been taken out. */
const leastOfPath = 3

function taskTrace({ taskPath, change }: Traced): Trace[] {
  if (taskPath === null || inboxTask(taskPath) !== undefined) return []
  // A task that was changed was there before.
  if (change !== null && change.kind !== 'created') return []
  const key = taskTemplate(taskPath, null)
  const left = key.replaceAll(/\{[^}]*\}|[^\p{L}\p{N}]/gu, '')
  return left.length < leastOfPath ? [] : [trace('task', key, taskPath)]
}

/** SIDs of people, which stand in the names of their keys, and ids of processes. */
const ownOfHost = /s-1-(?:5-21|12-1)-[\d-]+|(?<=\()\d+(?=\))/gi

const circumstanceTraces = ({ circumstances }: Traced): Trace[] =>
  circumstances.map((what) => trace('circumstance', commandTemplate(what.replaceAll(ownOfHost, '{own}')), what))

/** at.exe where Windows refuses it, a command for another host: no record shows the task. */
function requestTraces({ definition, change }: Traced): Trace[] {
  const line = change?.commandLine
  return definition !== null || !line ? [] : [trace('request', commandTemplate(line), line)]
}

/** Addresses of the host itself, and what stands for none. */
const nowhere = /^(?:-|local(?:host)?|127\..*|::1|0\.0\.0\.0|::|fe80:.*)?$/i

function makerTraces(change: Traced['change']): Trace[] {
  if (change === null) return []
  const { user, sid, address, host } = change
  const isPerson = ![user, sid].some((one) => one !== null && (isServiceAccount(one) || one.endsWith('$')))
  return [
    ...(user === null || !isPerson ? [] : [trace('actor', canonicalAccount(user), user)]),
    ...(sid === null || !isPerson ? [] : [trace('actor', canonicalAccount(sid), sid)]),
    ...(address === null || nowhere.test(address) ? [] : [trace('address', address.toLowerCase(), address)]),
    ...(host === null || nowhere.test(host) ? [] : [trace('address', host.toLowerCase(), host)]),
  ]
}
