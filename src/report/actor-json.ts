import type { Actor } from '../model/chain.ts'

export const actorJson = ({ user, sid, logonId, process, remote }: Actor): object => ({
  user,
  sid,
  logonId,
  process,
  remote,
})
