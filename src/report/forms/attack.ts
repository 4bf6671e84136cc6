import { attack } from '../../model/attack.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { techniquesOf } from '../attack.ts'

export interface Technique {
  readonly id: string
  readonly name: string
  /** Of a sub-technique. */
  readonly parent: { readonly id: string; readonly name: string } | null
}

const nameOf = (id: string): string => attack.techniques.find((one) => one.id === id)?.name ?? parents[id] ?? id

/** Techniques of which only a sub-technique is found here. */
const parents: Readonly<Record<string, string>> = { T1070: 'Indicator Removal' }

/** The techniques of ATT&CK that a chain shows, with their names. */
export const techniqueOf = (scored: ScoredChain): Technique[] =>
  techniquesOf(scored).map((id) => {
    const [parent = id] = id.split('.')
    return { id, name: nameOf(id), parent: parent === id ? null : { id: parent, name: nameOf(parent) } }
  })
