import { evidence, sources } from './evidence.ts'

export interface TraitEvidence {
  readonly bits: number
  readonly ordinary: number
  readonly attacks: number
}

const byId: ReadonlyMap<string, TraitEvidence> = new Map(evidence.map((row) => [row.id, row]))
const none: TraitEvidence = { bits: 0, ordinary: 0, attacks: 0 }

/** What the table says of a trait; nothing of one that was never counted. */
export const evidenceOf = (id: string): TraitEvidence => byId.get(id) ?? none

/** "3 of 192 ordinary tasks and 30 of 104 attacks". */
export const countsOf = ({ ordinary, attacks }: TraitEvidence): string =>
  `${ordinary} of ${sources.ordinary} ordinary tasks and ${attacks} of ${sources.attacks} attacks`
