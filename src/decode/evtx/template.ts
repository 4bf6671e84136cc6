import { type BodyPlan, bodyPlan } from './body-plan.ts'
import { childElements, type ElementPiece } from './definition.ts'
import type { ParsedDefinition } from './definition-parser.ts'
import type { Fingerprint } from './fingerprint.ts'
import { NO_SLOT, SystemPlan } from './system-plan.ts'

/** A definition compiled: for every question that is asked of its records, where the answer stands. */
export class Template {
  readonly root: ElementPiece
  /** Null for an element without a template, which is used once. */
  readonly fingerprint: Fingerprint | null
  /** Where the items of System stand; all are absent when the root is not an Event. */
  readonly system: SystemPlan
  /** Slots directly below Event, through which a body comes as a BinXML value. */
  readonly bodySlots: readonly number[]
  /** The slot through which all there is besides System comes, as it does in nearly all events; NO_SLOT where it comes otherwise. */
  readonly onlySlot: number
  #bodies: readonly BodyPlan[] | null = null

  constructor({ root, fingerprint }: Pick<ParsedDefinition, 'root' | 'fingerprint'>) {
    this.root = root
    this.fingerprint = fingerprint
    const isEvent = root.name === 'Event'
    this.system = new SystemPlan(isEvent ? systemOf(root) : undefined)
    this.bodySlots = isEvent ? root.content.flatMap((piece) => (piece.kind === 'slot' ? [piece.slot] : [])) : []
    const [slot] = this.bodySlots
    const isOnly = this.bodySlots.length === 1 && childElements(root).every((child) => child === systemOf(root))
    this.onlySlot = slot !== undefined && isOnly ? slot : NO_SLOT
  }

  /** EventData, UserData and their like that stand in this definition; worked out when somebody asks. */
  get bodies(): readonly BodyPlan[] {
    this.#bodies ??= this.#findBodies()
    return this.#bodies
  }

  #findBodies(): BodyPlan[] {
    if (this.root.name !== 'Event') return [bodyPlan(this.root)]
    const system = systemOf(this.root)
    return childElements(this.root)
      .filter((child) => child !== system)
      .map(bodyPlan)
  }
}

function systemOf(event: ElementPiece): ElementPiece | undefined {
  return childElements(event).find((child) => child.name === 'System')
}
