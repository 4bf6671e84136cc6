import type { Thing, ThingKind } from '../../model/baseline.ts'
import { canonicalAccount, commandTemplate, namesOf, pathTemplate, taskTemplate } from '../../model/canonical/index.ts'
import type { Run, RunProcess, TaskChain } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import { byPerson } from '../factors/made-by-person.ts'
import { unknown } from '../known.ts'
import { nameOf } from '../programs.ts'
import { type Subject, subjectOf } from '../subject.ts'
import { payloadsOf } from '../traits/place.ts'

/** Things of one chain that a baseline counts; more of a kind say nothing new. */
const mostOfKind = 32

/** What a chain shows that is counted over hosts, each once. */
export interface ChainThings {
  /** What the task runs: programs, command lines, the task with its program. */
  readonly action: readonly Thing[]
  readonly offspring: readonly Thing[]
  /** Who changed it, by which way, and when in the week. */
  readonly maker: readonly Thing[]
  /** A person changed it by hand, or to run as SYSTEM: what people make is new more often than what runs. */
  readonly isMade: boolean
}

export function thingsOf(chain: TaskChain): ChainThings {
  const subject = subjectOf(chain, unknown)
  // Not what software makes for the user as whom it runs.
  const isMade = byPerson(chain) !== undefined
  return {
    action: actionsIn(subject),
    offspring: offspringIn(chain.runs),
    maker: isMade ? makersOf(chain) : [],
    isMade,
  }
}

/** A thing among those that people's changes brought. */
export const asMade = ({ kind, key }: Thing): Thing => ({ kind: 'made', key: `${kind} ${key}` })

/** The thing of which that was said. */
export function ofMade({ key }: Thing): Thing {
  const blank = key.indexOf(' ')
  return { kind: key.slice(0, blank) as ThingKind, key: key.slice(blank + 1) }
}

function actionsIn(subject: Subject): Thing[] {
  const { chain, actions, roots } = subject
  // A class is what its handler does: its id is not generalised.
  const classes = (chain.definition?.actions ?? []).flatMap((action) =>
    action.kind === 'com-handler' ? [`com-handler ${action.classId.toLowerCase()}`] : [],
  )
  const files = payloadsOf(subject).filter((path) => path !== 'comhandler')
  const programs = [...each([...files, ...roots.flatMap(({ image }) => image ?? [])], pathTemplate), ...classes]
  const commands = each(
    actions.filter((action) => !action.startsWith('ComHandler ')),
    commandTemplate,
  )
  const task = chain.taskPath === null ? null : taskTemplate(chain.taskPath, usersOf(chain))
  return [
    ...programs.map((key): Thing => ({ kind: 'program', key })),
    ...commands.map((key): Thing => ({ kind: 'command', key })),
    ...(task === null ? [] : programs.map((key): Thing => ({ kind: 'task', key: `${task} runs ${key}` }))),
  ]
}

/** Users of the task, whose names may stand in its path too. */
function usersOf({ definition, change, runs }: TaskChain): RegExp | null {
  const users = [
    ...(definition?.principals ?? []).map(({ userId }) => userId),
    change?.actor.user ?? null,
    ...runs.flatMap(({ processes }) => processes.slice(0, 1).map(({ user }) => user)),
  ]
  return namesOf(users.map((user) => (user === null ? null : canonicalAccount(user))))
}

/** The console's own process comes with every program of the console. */
const isNoise = ({ image }: RunProcess): boolean => image === null || nameOf(image) === 'conhost'

function offspringIn(runs: readonly Run[]): Thing[] {
  const keys = runs.flatMap(({ processes }) =>
    processes
      .filter((process) => process.depth > 0 && !isNoise(process))
      .map((child) => `${parentOf(child, processes)} starts ${pathTemplate(child.image ?? '')}`),
  )
  return each(keys, (key) => key).map((key) => ({ kind: 'child', key }))
}

/** The process that started it; a pid may have been used before, so the last of that pid that is less deep. */
function parentOf(child: RunProcess, processes: readonly RunProcess[]): string {
  const parent = processes.findLast(({ pid, depth }) => pid === child.parentPid && depth < child.depth)
  return parent?.image ? pathTemplate(parent.image) : '?'
}

function makersOf({ change }: TaskChain): Thing[] {
  if (change?.actor.user == null) return []
  const { process, user } = change.actor
  const makers = process === null ? [] : [process, ...process.ancestry.slice(0, 1)]
  const names = makers.map(({ image }) => imageName(image ?? '')).filter((name) => name !== '')
  const account = user.toLowerCase()
  return [
    ...(names.length === 0 ? [] : [{ kind: 'maker', key: `${names.join(' of ')} by ${change.route}` } as const]),
    { kind: 'user', key: `${account} by ${change.route}` },
    { kind: 'hour', key: `${account} ${partOfWeek(change.time)}` },
  ]
}

/** Four hours of a working day or of a weekend, UTC. */
function partOfWeek(time: number): string {
  const date = new Date(time)
  const from = Math.floor(date.getUTCHours() / 4) * 4
  return `${date.getUTCDay() % 6 === 0 ? 'weekend' : 'weekday'} ${from}-${from + 4}`
}

const each = (texts: readonly string[], template: (text: string) => string): string[] =>
  [...new Set(texts.map(template))].filter((key) => key !== '').slice(0, mostOfKind)
