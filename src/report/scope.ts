import { counted } from '../model/counted.ts'
import type { Scope, ScopeChain, ScopeHost, TraceAnswer, TraceKind } from '../model/scope.ts'
import { formatInstant } from '../model/time.ts'
import { jsonLine } from './clean.ts'
import { hostName, legible } from './legible.ts'
import { timeOf } from './story.ts'
import { wrap } from './wrap.ts'

/** The form of `scope --format json`. */
export const scopeSchema = 'tasktrail.scope/1'

/** What each trace is called. */
const names: Record<TraceKind, string> = {
  definition: 'definition',
  'loose-definition': 'loose definition',
  'file-hash': 'file by hash',
  command: 'command',
  circumstance: 'done to it',
  request: 'request',
  file: 'file by path',
  task: 'task',
  actor: 'actor',
  address: 'address',
}

/** Chains of a host that are told; JSON has more. */
const toldChains = 3

export function* scopeText(scope: Scope): Iterable<string> {
  const { finding, traces, hits, own, hosts } = scope
  const lines = [
    ...wrap(`${calledOf(finding)} on ${hostName(finding.host)}, id ${legible(finding.id)}`, {
      first: '',
      rest: '    ',
    }),
    '',
    'looked for',
    ...traces.flatMap(traceLines),
    ...(traces.length === 0 ? ['  nothing: all that it shows is on every host'] : []),
    '',
    hits.length === 0
      ? `no other of ${counted(hosts, 'host')} shows any of it`
      : `${counted(hits.length, 'other host')} of ${hosts} ${hits.length === 1 ? 'shows' : 'show'} some of it`,
    ...hits.flatMap(hostLines),
    ...(own === null ? [] : ['', 'on the same host, besides', ...hostLines(own)]),
  ]
  yield `${lines.join('\n')}\n`
}

const calledOf = ({ task, change }: Pick<ScopeChain, 'task' | 'change'>): string =>
  legible(task ?? (change === 'log-cleared' ? 'a cleared log' : '(no task)'))

function traceLines({ trace, hosts, answer }: TraceAnswer): string[] {
  const where = {
    elsewhere: `on ${counted(hosts, 'other host')}`,
    'nowhere-else': 'nowhere else',
    ordinary: 'ordinary here: no hit',
  }[answer]
  return wrap(`${legible(trace.value)}: ${where}`, { first: `  ${names[trace.kind].padEnd(17)}`, rest: ' '.repeat(21) })
}

function hostLines({ host, since, same, chains }: ScopeHost): string[] {
  const when = since === null ? '' : `, since ${timeOf(since)}`
  const kinds = same.map((kind) => names[kind]).join(', ')
  const more = chains.length > toldChains ? [`      and ${counted(chains.length - toldChains, 'more chain')}`] : []
  return [
    ...wrap(`${hostName(host)}${when}: the same ${kinds}`, { first: '  ', rest: '      ' }),
    ...chains.slice(0, toldChains).flatMap(chainLines),
    ...more,
  ]
}

function chainLines({ id, task, at, change, severity, same }: ScopeChain): string[] {
  const what = [severity, ...(change === null ? [] : [change]), ...(at.time === 0 ? [] : [timeOf(at)])].join(', ')
  const kinds = same.map((kind) => names[kind]).join(', ')
  return wrap(`${calledOf({ task, change })}: ${what}, id ${legible(id)} (${kinds})`, {
    first: '      ',
    rest: '        ',
  })
}

export function* scopeJson({ finding, traces, hits, own, hosts }: Scope): Iterable<string> {
  yield `${jsonLine({
    schema: scopeSchema,
    finding,
    hosts,
    traces: traces.map(({ trace, hosts: others, answer }) => ({
      kind: trace.kind,
      value: trace.value,
      key: trace.key,
      answer,
      hosts: others,
    })),
    hits: hits.map(hostJson),
    own: own && hostJson(own),
  })}\n`
}

const hostJson = ({ host, since, same, chains }: ScopeHost): object => ({
  host,
  since: since && formatInstant(since),
  same,
  chains: chains.map(({ at, ...chain }) => ({ ...chain, time: at.time === 0 ? null : formatInstant(at) })),
})

/** Forms of a scope. */
export const scopeFormats = { text: scopeText, json: scopeJson } as const
export type ScopeFormat = keyof typeof scopeFormats
