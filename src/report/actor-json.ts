import type { Actor, ActorProcess, ProcessSummary } from '../model/chain.ts'
import { excerpt } from '../model/cut-text.ts'

/** What is repeated of a command line in every finding that it stands in only because its process stood near, in UTF-16 code units. */
const excerptOf = 1_000

/** Who made the change that a finding is about: the command line of the process whole, those of its parents in excerpts. */
export const actorJson = (actor: Actor) => asJson(actor, (process) => process)

/** Who did something beside it, of which a finding of its own or a record tells the whole. */
export const bystanderJson = (actor: Actor) => asJson(actor, shortened)

const asJson = ({ user, sid, logonId, process, remote }: Actor, told: (process: ActorProcess) => ActorProcess) => ({
  user,
  sid,
  logonId,
  process: process && { ...told(process), ancestry: process.ancestry.map(shortened) },
  remote,
})

const shortened = <P extends ProcessSummary>(process: P): P =>
  process.commandLine === null ? process : { ...process, commandLine: excerpt(process.commandLine, excerptOf) }
