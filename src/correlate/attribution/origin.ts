import type { Confidence } from '../../model/chain.ts'
import type { OriginClue } from '../changes/clue.ts'

export const confidenceIn = ({ by }: OriginClue): Confidence => (by === 'session' ? 'certain' : 'strong')

/** The address, as the end of a sentence. */
export function fromWhere(origin: OriginClue | undefined): string {
  if (!origin?.address) return ''
  return origin.by === 'session'
    ? `; its logon came from ${origin.address}`
    : `; the same user's network logon or pipe access at that moment came from ${origin.address}`
}
