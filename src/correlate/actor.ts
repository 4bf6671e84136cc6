import type { Actor } from '../model/chain.ts'
import type { ActorSource } from './nodes.ts'
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
