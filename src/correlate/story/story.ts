import type { Circumstance, Evidence } from '../../model/chain.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import type { RunDraft } from '../nodes.ts'

/** A circumstance that is written down only when it is told. */
export interface Found {
  readonly time: number
  readonly evidence: readonly Evidence[]
  circumstance(): Circumstance
}

/** A chain as far as circumstances are held against it. */
export interface Story {
  readonly path: string | null
  readonly change: ChangeDraft | null
  /** What was in force during its runs, as far as it is known. */
  readonly definition: TaskDefinition | null
  readonly runs: readonly RunDraft[]
}
