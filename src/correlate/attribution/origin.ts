import type { Confidence, Evidence } from '../../model/chain.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import { clueOf, type OriginClue } from '../changes/clue.ts'

export const confidenceIn = ({ by }: OriginClue): Confidence => (by === 'session' ? 'certain' : 'strong')

/** The address, as the end of a sentence. */
export function fromWhere(origin: OriginClue | undefined): string {
  if (!origin?.address) return ''
  return origin.by === 'session'
    ? `; its logon came from ${origin.address}`
    : `; the same user's network logon or pipe access at that moment came from ${origin.address}`
}

/** The record of the pipe through which a caller on another host may have come. */
export function pipeOf(change: ChangeDraft): readonly Evidence[] {
  const pipe = clueOf(change, 'pipe')
  return pipe ? [pipe.evidence] : []
}
