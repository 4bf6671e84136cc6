import type { FastifyReply } from 'fastify'
import type { Principal } from '../access/index.ts'
import { errorBody } from '../server.ts'
import type { KeptFinding } from '../store/findings.ts'
import type { Store } from '../store/store.ts'
import { jsonType } from './route.ts'
import { maySee } from './visible.ts'

/** The finding of this id, where it may be seen. */
export function seen(store: Store, id: string, principal: Principal): KeptFinding | null {
  const kept = store.findings.one(id)
  return kept && maySee(principal, kept.host) ? kept : null
}

/** Where what has no such id any more has gone, or that there is none. */
export function elsewhere(
  store: Store,
  id: string,
  principal: Principal,
  reply: FastifyReply,
  below: string,
): undefined {
  const now = store.findings.followed(id)
  if (now !== null && seen(store, now, principal)) {
    const at = `/api/v1/findings/${encodeURIComponent(now)}${below}`
    reply.code(308).header('location', at).type(jsonType).send({ id: now })
  } else reply.code(404).send(errorBody('not-found', 'no finding has or had this id'))
}
