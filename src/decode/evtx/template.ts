import { type BodyPlan, bodyPlan } from './body-plan.ts'
import { childElements, type ElementPiece } from './definition.ts'
import type { ParsedDefinition } from './definition-parser.ts'
import type { Fingerprint } from './fingerprint.ts'
import { SystemPlan } from './system-plan.ts'

/** A definition compiled: for every question that is asked of its records, where the answer stands. */
export class Template {
  readonly root: ElementPiece
  readonly fingerprint: Fingerprint
  /** Where the items of System stand; all are absent when the root is not an Event. */
  readonly system: SystemPlan
  /** EventData, UserData and their like that stand in this definition. */
  readonly bodies: readonly BodyPlan[]
  /** Slots directly below Event, through which such a body comes as a BinXML value. */
  readonly bodySlots: readonly number[]

  constructor({ root, fingerprint }: Pick<ParsedDefinition, 'root' | 'fingerprint'>) {
    this.root = root
    this.fingerprint = fingerprint
    const children = childElements(root)
    const isEvent = root.name === 'Event'
    const system = isEvent ? children.find((child) => child.name === 'System') : undefined
    this.system = new SystemPlan(system)
    this.bodies = isEvent ? children.filter((child) => child !== system).map(bodyPlan) : [bodyPlan(root)]
    this.bodySlots = isEvent ? root.content.flatMap((piece) => (piece.kind === 'slot' ? [piece.slot] : [])) : []
  }
}
