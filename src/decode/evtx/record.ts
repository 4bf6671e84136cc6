import { FILETIME_EPOCH_MS, type Instant, instantOfFileTime, parseInstant } from '../../model/time.ts'
import type { WindowsRecord } from '../../model/record.ts'
import type { BodyItem, BodyPlan } from './body-plan.ts'
import type { ChunkSpace } from './chunk-space.ts'
import { type Damage, damageOf } from './damage.ts'
import { Instance } from './instance.ts'
import type { EventInterest } from './interest-index.ts'
import { RECORD_HEADER_SIZE } from './limits.ts'
import { NO_SLOT, SEVERAL_PIECES, SystemItem } from './system-plan.ts'
import { expandElement, piecesText, slotText, textOf, type XmlElement } from './tree.ts'
import { textNumber, valueNumber } from './value-number.ts'
import { ValueType } from './value-type.ts'

/**
 * One record of a chunk, read where it lies. The decoder has one of these and opens it again for every record: what is
 * to be kept is copied out. Time, record id and event id are read on opening, everything else when it is asked for.
 * A value that cannot be read is as good as absent and noted in `damage`.
 */
export class EvtxRecord implements WindowsRecord {
  readonly space: ChunkSpace
  /** The event itself. */
  readonly event: Instance
  source = 0
  /** File offset of the chunk. */
  chunkOffset = 0
  /** Chunk offset of the record. */
  at = 0
  /** Chunk offset of its end. */
  end = 0
  eventId = 0
  recordId = 0
  time = 0
  ticks = 0
  /** The first thing that could not be read since the record was opened. */
  damage: Damage | null = null

  readonly #body: Instance
  /** The slot whose value `#body` has open; -1 for none. */
  #bodySlot = -1

  constructor(space: ChunkSpace) {
    this.space = space
    this.event = new Instance(space)
    this.#body = new Instance(space)
  }

  /** Opens the record whose `size` bytes begin at `at`. Throws Damage when its frame or its head cannot be read. */
  open(at: number, size: number): void {
    this.at = at
    this.end = at + size
    this.damage = null
    this.#bodySlot = -1
    this.event.open(at + RECORD_HEADER_SIZE, this.end - 4)
    this.eventId = this.number(SystemItem.eventId)
    this.recordId = this.number(SystemItem.recordId)
    this.#readTime()
  }

  /** The number in the record's header: an export counts anew. */
  get fileRecordId(): bigint {
    return this.space.view.getBigUint64(this.at + 8, true)
  }

  /** The time in the record's header; sometimes without sense in exports. */
  get writtenTime(): Instant {
    const { view } = this.space
    return instantOfFileTime(view.getUint32(this.at + 16, true), view.getUint32(this.at + 20, true))
  }

  get position(): number {
    return this.chunkOffset + this.at
  }

  get provider(): string {
    return this.#seldom(SystemItem.provider)
  }
  get channel(): string {
    return this.#seldom(SystemItem.channel)
  }
  get computer(): string {
    return this.#seldom(SystemItem.computer)
  }
  get version(): number {
    return this.number(SystemItem.version)
  }
  get level(): number {
    return this.number(SystemItem.level)
  }
  get task(): number {
    return this.number(SystemItem.task)
  }
  get opcode(): number {
    return this.number(SystemItem.opcode)
  }
  get keywords(): string | null {
    return this.text(SystemItem.keywords)
  }
  get processId(): number {
    return this.number(SystemItem.processId)
  }
  get threadId(): number {
    return this.number(SystemItem.threadId)
  }
  get providerGuid(): string | null {
    return this.text(SystemItem.providerGuid)
  }
  get userSid(): string | null {
    return this.text(SystemItem.userSid)
  }
  get activityId(): string | null {
    return this.text(SystemItem.activityId)?.toLowerCase() ?? null
  }
  /** False when the event does not say when it happened; `time` is 0 then. */
  get hasTime(): boolean {
    return this.time !== 0 || this.text(SystemItem.timeCreated) !== null
  }

  /** An item of System as Windows shows it; null when it is absent or empty. */
  text(item: number): string | null {
    const { template } = this.event
    const slot = template.system.slots[item] as number
    if (slot === NO_SLOT) return template.system.literals[item] as string | null
    try {
      if (slot === SEVERAL_PIECES) return piecesText(template.system.pieces[item] ?? [], this.event) || null
      return slotText(this.event, slot) || null
    } catch (error) {
      this.#note(error)
      return null
    }
  }

  /** An item of System as a number; 0 when it is absent or none. */
  number(item: number): number {
    const { template } = this.event
    const slot = template.system.slots[item] as number
    let value: number
    if (slot >= 0) {
      const type = this.event.type(slot)
      if (type === ValueType.null) return 0
      try {
        value = valueNumber(this.space, type, this.event.at(slot), this.event.size(slot))
      } catch (error) {
        this.#note(error)
        return 0
      }
    } else value = textNumber(this.text(item) ?? '')
    return value === value ? value : 0
  }

  field(name: string): string | undefined {
    try {
      for (const body of this.event.template.bodies) {
        const text = fieldOf(body, this.event, name)
        if (text !== undefined) return text
      }
      for (const slot of this.event.template.bodySlots) {
        const instance = this.body(slot)
        if (instance === undefined) continue
        for (const body of instance.template.bodies) {
          const text = fieldOf(body, instance, name)
          if (text !== undefined) return text
        }
      }
    } catch (error) {
      this.#note(error)
    }
    return undefined
  }

  /** The body that comes as a BinXML value in this slot; undefined when the slot has none. */
  body(slot: number): Instance | undefined {
    if (this.#bodySlot === slot) return this.#body
    if (this.event.type(slot) !== ValueType.binXml) return undefined
    const size = this.event.size(slot)
    if (size === 0) return undefined
    const at = this.event.at(slot)
    this.#bodySlot = -1
    this.#body.open(at, at + size)
    this.#bodySlot = slot
    return this.#body
  }

  /** False only when the bytes show that this interest cannot be meant. */
  couldMatter(interest: EventInterest): boolean {
    if (interest.always) return true
    for (const where of interest.wheres) {
      let found = false
      for (const body of this.event.template.bodies) {
        const item = body.plain ? body.byName.get(where.field) : null
        if (item === null || (item && couldContain(this.event, item, where))) return true
        found ||= item !== undefined
      }
      if (found) continue
      for (const slot of this.event.template.bodySlots) {
        const instance = this.body(slot)
        if (instance === undefined) continue
        for (const body of instance.template.bodies) {
          const item = body.plain ? body.byName.get(where.field) : null
          if (item === null || (item && couldContain(instance, item, where))) return true
        }
      }
    }
    return false
  }

  #seldom(item: number): string {
    const { system } = this.event.template
    const slot = system.slots[item] as number
    const memo = system.memos[item]
    if (slot < 0 || memo === undefined) return this.text(item) ?? ''
    try {
      if (this.event.type(slot) !== ValueType.string) return this.text(item) ?? ''
      return memo.get(this.space, this.event.at(slot), this.event.size(slot))
    } catch (error) {
      this.#note(error)
      return ''
    }
  }

  #readTime(): void {
    const slot = this.event.template.system.slots[SystemItem.timeCreated] as number
    if (slot >= 0 && this.event.type(slot) === ValueType.fileTime && this.event.size(slot) === 8) {
      // As `instantOfFileTime`, without the object: this runs for every record.
      const at = this.event.at(slot)
      const high = this.space.view.getUint32(at + 4, true)
      const rest = high * 7296 + this.space.view.getUint32(at, true)
      this.time = high * 429_496 + Math.floor(rest / 10_000) - FILETIME_EPOCH_MS
      this.ticks = rest % 10_000
      return
    }
    const instant = parseInstant(this.text(SystemItem.timeCreated) ?? '')
    this.time = instant?.time ?? 0
    this.ticks = instant?.ticks ?? 0
  }

  #note(error: unknown): void {
    this.note(damageOf(error, this.at))
  }

  /** Keeps the first damage of the record for the decoder to report. */
  note(damage: Damage): void {
    this.damage ??= damage
  }
}

function fieldOf(body: BodyPlan, instance: Instance, name: string): string | undefined {
  const byPosition = /^#(\d+)$/.exec(name)
  if (!body.plain || byPosition) return fieldOfTree(body, instance, name, byPosition ? Number(byPosition[1]) : -1)
  const item = body.byName.get(name)
  if (item === undefined) return undefined
  if (item.literal !== null) return item.literal
  const type = instance.type(item.slot)
  if (type === ValueType.null) return item.optional ? undefined : ''
  if (type === ValueType.binXml) return fieldOfTree(body, instance, name, -1)
  return slotText(instance, item.slot)
}

/** Looks an item up in the expanded body: by position among the Data without a name, or by name. */
function fieldOfTree(body: BodyPlan, instance: Instance, name: string, position: number): string | undefined {
  const texts: string[] = []
  let unnamed = 0
  const walk = (element: XmlElement, isItem: boolean): void => {
    const children = element.children.filter((child) => typeof child !== 'string')
    if (isItem && (body.kind === 'EventData' || children.length === 0)) {
      const nameAttribute = element.attributes.find(([attribute]) => attribute === 'Name')?.[1]
      const itemName = body.kind === 'EventData' ? (nameAttribute ?? (element.name === 'Data' ? null : element.name)) : element.name
      if (itemName === null ? unnamed++ === position : itemName === name) texts.push(textOf(element))
    } else for (const child of children) walk(child, true)
  }
  for (const element of expandElement(body.element, instance)) walk(element, false)
  return texts.length === 0 ? undefined : texts.join('\n')
}

function couldContain(instance: Instance, item: BodyItem, where: EventInterest['wheres'][number]): boolean {
  if (item.literal !== null) return true
  const type = instance.type(item.slot)
  if (type === ValueType.null) return false
  if (type !== ValueType.string) return true
  return where.needles.isIn(instance.space, instance.at(item.slot), instance.size(item.slot))
}
