import { createHash } from 'node:crypto'
import type { Run, RunProcess, TiedBy } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { Instant } from '../../model/time.ts'
import { compareInstants } from '../../model/time.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { ProcessNode, RunDraft, RunMember } from '../nodes.ts'
import { actorOf } from '../processes/actor.ts'
import { limits } from '../settings.ts'

export const newRun = (start: Instant, task: string | null = null): RunDraft => ({
  task,
  start,
  instance: null,
  startedBy: 'unknown',
  requestedBy: null,
  members: [],
  unlisted: 0,
  result: null,
  outcome: null,
  ended: null,
  evidence: [],
})

/** The launched process of a run: what the scheduler started itself. */
export const rootOf = (run: RunDraft): RunMember | undefined => run.members.find((m) => m.depth === 0)

/** Puts a process into a run; false when the run is full, or the process is there already. */
export function addMember(run: RunDraft, node: ProcessNode, depth: number, tiedBy: TiedBy): boolean {
  const known = run.members.find((m) => m.pid === node.pid && m.depth === depth && (m.node === null || m.node === node))
  if (known) {
    known.node = node
    known.tiedBy = rank(tiedBy) < rank(known.tiedBy) ? tiedBy : known.tiedBy
  } else if (run.members.length >= limits.processesPerRun) {
    run.unlisted++
    node.run = run
    return false
  } else {
    run.members.push({ node, pid: node.pid, action: null, at: node.start, depth, tiedBy, named: new Set() })
  }
  node.run = run
  if (compareInstants(node.start, run.start) < 0) run.start = node.start
  for (const evidence of node.evidence) addEvidence(run.evidence, evidence)
  if (node.outside) addEvidence(run.evidence, node.outside.evidence)
  return true
}

const ranks: readonly TiedBy[] = ['pid', 'command-line', 'run-log', 'run-request', 'registration', 'lineage', 'parent']
const rank = (tiedBy: TiedBy): number => ranks.indexOf(tiedBy)

/** What makes a run new to the reader: which programs it started, in order. */
export const signatureOf = (run: RunDraft): string =>
  short(run.members.map((m) => `${m.depth} ${(m.node?.commandLine ?? m.node?.image ?? m.action ?? '').toLowerCase()}`))

/** The same without the arguments. */
export const programsOf = (run: RunDraft): string =>
  short(run.members.map((m) => `${m.depth} ${imageName(m.node?.image ?? m.action ?? '')}`))

/** It is kept for each run that differs: a hash, where that is shorter. */
function short(lines: readonly string[]): string {
  const text = lines.join('\n')
  return text.length <= 200 ? text : createHash('sha256').update(text).digest('base64')
}

function processOf(member: RunMember): RunProcess {
  const { node } = member
  const sources = [...(node ? [...node.sources].sort() : []), ...[...member.named].sort()]
  return {
    ...(node ? node.start : member.at),
    pid: member.pid,
    // 0 is what a collector lost
    parentPid: node?.parentPid || null,
    image: node?.image ?? member.action,
    commandLine: node?.commandLine ?? null,
    user: node?.user ?? null,
    integrity: node?.integrity ?? null,
    file: node?.file ?? null,
    originalFileName: node?.originalFileName ?? null,
    outside: node?.outside?.connection ?? null,
    depth: member.depth,
    tiedBy: member.tiedBy,
    source: sources.join('+'),
  }
}

export function finishRun(run: RunDraft): Run {
  return {
    ...run.start,
    instance: run.instance,
    startedBy: run.startedBy,
    requestedBy: run.requestedBy ? actorOf(run.requestedBy) : null,
    processes: run.members.map(processOf).sort((a, b) => compareInstants(a, b) || a.depth - b.depth || a.pid - b.pid),
    result: run.result,
    outcome: run.outcome,
  }
}
