import type { Confidence, Evidence, Route } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import type { NamedBy } from '../changes/clue.ts'
import type { ActorSource } from '../nodes.ts'

/** Through which interface a change was made, by whom, and how that is known. */
export interface Attribution {
  readonly route: Route
  readonly actor: ActorSource
  readonly confidence: Confidence
  /** One sentence. */
  readonly because: string
  /** The records that decided, beside those of the change itself. */
  readonly evidence: readonly Evidence[]
}

/**
 * One way in which clues tell who made a change; nothing where it does not apply. `who` is what the logs name by themselves: the
 * account, its session, and the address that this session came from.
 */
export type Rule = (change: ChangeDraft, who: ActorSource) => Attribution | undefined

/** A process by its name and its id; some records have no id. */
export const describe = ({ pid, image }: { readonly pid: number; readonly image: string | null }): string =>
  `${image === null ? 'A process' : imageName(image)}${pid === 0 ? '' : ` (pid ${pid})`}`

export const namer = (namedBy: NamedBy): string => (namedBy === 'sensor' ? 'The sensor' : 'The audit event')
