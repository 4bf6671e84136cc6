import { EVTX_SNIFF_SIZE, looksLikeEvtx } from '../decode/evtx/index.ts'

/** What an input can be. A kind is told by the first bytes of its content. */
export type SourceKind = 'evtx'

/** How many bytes of the beginning are needed to tell. */
export const sniffSize = EVTX_SNIFF_SIZE

/** Null: a kind that is not known. */
export function kindOf(beginning: Buffer): SourceKind | null {
  return looksLikeEvtx(beginning) ? 'evtx' : null
}
