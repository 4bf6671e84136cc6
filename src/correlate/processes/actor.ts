import type { Actor, Evidence } from '../../model/chain.ts'
import type { ActorSource, ProcessNode } from '../nodes.ts'
import { ancestryOf, summaryOf } from './process-table.ts'

export const nobody: ActorSource = { user: null, sid: null, logonId: null, node: null, stated: null, remote: null }

export function actorOf(source: ActorSource): Actor {
  const { node, stated } = source
  return {
    user: source.user ?? node?.user ?? null,
    sid: source.sid ?? node?.sid ?? null,
    logonId: source.logonId ?? node?.logonId ?? null,
    process: node
      ? { ...summaryOf(node), ancestry: ancestryOf(node) }
      : stated
        ? { pid: stated.pid, image: stated.image, commandLine: null, ancestry: [] }
        : null,
    remote: source.remote,
  }
}

/** The records that show a process which is told as an actor: those of its start, and that it talks to the Task Scheduler. */
export const recordsOf = (node: ProcessNode | null): readonly Evidence[] =>
  node === null ? [] : node.taskClient === null ? node.evidence : [...node.evidence, node.taskClient]
