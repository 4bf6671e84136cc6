import { defaultSettings, limits, sortedEvidence } from '../correlate/index.ts'
import type { Change, TaskChain } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'
import { taskKey } from '../model/task-path.ts'

const { commandToChangeElsewhere } = defaultSettings

/**
 * Joins what was commanded on one host (`schtasks /s X`) with the change that X's own logs show: X's change gets the host and
 * process that it came from, and the command becomes a part of its story. Where X's logs do not show it, the attempt stays.
 */
export function joinRemoteIntents(chains: readonly TaskChain[]): Map<TaskChain, TaskChain> {
  const joined = new Map<TaskChain, TaskChain>()
  const intents = chains.filter((chain) => chain.change?.target != null && chain.taskPath !== null)
  if (intents.length === 0) return joined
  const wanted = new Set(intents.map((chain) => placeOf(chain.change?.target ?? '', chain.taskPath ?? '')))
  const changed = new Map<string, TaskChain[]>()
  for (const chain of chains) {
    if (chain.taskPath === null || !isFromElsewhere(chain)) continue
    const place = placeOf(chain.host, chain.taskPath)
    if (!wanted.has(place)) continue
    const known = changed.get(place)
    if (known) known.push(chain)
    else changed.set(place, [chain])
  }
  for (const all of changed.values()) all.sort((a, b) => timeOf(a) - timeOf(b))
  for (const intent of intents) {
    const place = placeOf(intent.change?.target ?? '', intent.taskPath ?? '')
    const target = answerTo(intent, changed.get(place) ?? [], joined)
    if (!target) continue
    joined.set(intent, { ...intent, partOf: target.id })
    joined.set(target, withSource(target, intent))
  }
  return joined
}

/** The first of these changes, which are in the order of time, that nobody else asked for. */
function answerTo(
  intent: TaskChain,
  changes: readonly TaskChain[],
  joined: ReadonlyMap<TaskChain, TaskChain>,
): TaskChain | undefined {
  const from = timeOf(intent) - commandToChangeElsewhere
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeOf(changes[middle] as TaskChain) < from) low = middle + 1
    else high = middle
  }
  return changes
    .slice(low, low + limits.changesForCommand)
    .find((chain) => !joined.has(chain) && isAnswer(chain, intent))
}

const timeOf = ({ change, at }: TaskChain): number => change?.time ?? at.time

const placeOf = (host: string, task: string): string => `${hostKey(host.replace(/^\\+/, ''))} ${taskKey(task)}`

/** A confirmed change whose caller may have been on another host. */
const isFromElsewhere = ({ change }: TaskChain): boolean =>
  change?.outcome === 'confirmed' && (change.route === 'remote-rpc' || change.route === 'unknown')

function isAnswer({ change }: TaskChain, { change: intent }: TaskChain): boolean {
  if (!change || !intent) return false
  const apart = change.time - intent.time
  const isSame = change.kind === intent.kind || (intent.kind === 'created' && change.kind === 'modified')
  return isSame && Math.abs(apart) <= commandToChangeElsewhere && isSameUser(change, intent)
}

/** `/U` names another account than the caller's, so only two that are known and differ without it contradict each other. */
function isSameUser(change: Change, intent: Change): boolean {
  const name = (user: string | null) => user?.toLowerCase().split('\\').at(-1) ?? null
  const [made, asked] = [name(change.actor.user), name(intent.connectAs ?? intent.actor.user)]
  return made === null || asked === null || made === asked
}

function withSource(target: TaskChain, intent: TaskChain): TaskChain {
  const { change } = target
  const process = intent.change?.actor.process ?? null
  if (!change) return target
  const { remote } = change.actor
  const tool = process?.image?.split('\\').at(-1)?.toLowerCase() ?? 'a process'
  return {
    ...target,
    change: {
      ...change,
      route: 'remote-rpc',
      confidence: change.confidence === 'certain' ? 'certain' : 'strong',
      actor: { ...change.actor, remote: { address: remote?.address ?? null, host: intent.host } },
      because: `${change.because} The command line of ${tool}${process && process.pid !== 0 ? ` (pid ${process.pid})` : ''} on ${intent.host} asks for it.`,
    },
    evidence: sortedEvidence([...target.evidence, ...intent.evidence]),
  }
}
