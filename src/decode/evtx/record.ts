import { isAuditFailure, type WindowsRecord } from '../../model/record.ts'
import { FILETIME_EPOCH_MS, type Instant, instantOfFileTime, parseInstant } from '../../model/time.ts'
import { couldContain, fieldIn } from './body-field.ts'
import type { ChunkSpace } from './chunk-space.ts'
import { type Damage, damageOf } from './damage.ts'
import { Instance } from './instance.ts'
import type { EventInterest } from './interest-index.ts'
import { RECORD_HEADER_SIZE } from './limits.ts'
import { NO_SLOT, SEVERAL_PIECES, SystemItem } from './system-plan.ts'
import { piecesText, slotText } from './tree.ts'
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
  get failed(): boolean {
    return isAuditFailure(this.keywords)
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
    return Number.isNaN(value) ? 0 : value
  }

  field(name: string): string | undefined {
    const { template } = this.event
    try {
      if (template.onlySlot !== NO_SLOT) return this.#fieldBehind(template.onlySlot, name)
      const text = fieldIn(this.event, name)
      if (text !== undefined) return text
      for (const slot of template.bodySlots) {
        const behind = this.#fieldBehind(slot, name)
        if (behind !== undefined) return behind
      }
    } catch (error) {
      this.#note(error)
    }
    return undefined
  }

  #fieldBehind(slot: number, name: string): string | undefined {
    for (let body = this.body(slot); body !== undefined; body = this.nextBody(slot)) {
      const text = fieldIn(body, name)
      if (text !== undefined) return text
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

  /** The fragment that follows the one that `body` or this gave last; undefined when it was the last. */
  nextBody(slot: number): Instance | undefined {
    const isFirst = this.#bodySlot === slot
    this.#bodySlot = -1
    if (this.#body.openNext(this.event.at(slot) + this.event.size(slot))) return this.#body
    // The only one stays open: it is asked for the next field, too.
    if (isFirst) this.#bodySlot = slot
    return undefined
  }

  /** False only when the bytes show that this interest cannot be meant. */
  couldMatter(interest: EventInterest): boolean {
    return (
      interest.always ||
      interest.wheres.some((where) => this.#couldHold(where)) ||
      interest.counts.some((name) => (this.field(name) ?? '1') !== '1')
    )
  }

  #couldHold(where: EventInterest['wheres'][number]): boolean {
    for (const plan of this.event.template.bodies) {
      const answer = couldContain(plan, this.event, where)
      if (answer !== undefined) return answer
    }
    for (const slot of this.event.template.bodySlots) {
      for (let body = this.body(slot); body !== undefined; body = this.nextBody(slot)) {
        for (const plan of body.template.bodies) {
          const answer = couldContain(plan, body, where)
          if (answer !== undefined) return answer
        }
      }
    }
    return false
  }

  #seldom(item: number): string {
    const { system } = this.event.template
    const slot = system.slots[item] as number
    const memo = system.memos[item]
    if (slot < 0 || !memo) return this.text(item) ?? ''
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
