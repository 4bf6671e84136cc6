import { type ElementPiece, literalText, onlySlot, type Piece } from './definition.ts'
import { TextMemo } from './text-memo.ts'

/**
 * The items of System that are read, in the order of their index.
 * Source: https://learn.microsoft.com/windows/win32/wes/eventschema-systempropertiestype-complextype
 */
export const SystemItem = {
  provider: 0,
  providerGuid: 1,
  eventSourceName: 2,
  eventId: 3,
  qualifiers: 4,
  version: 5,
  level: 6,
  task: 7,
  opcode: 8,
  keywords: 9,
  timeCreated: 10,
  recordId: 11,
  activityId: 12,
  relatedActivityId: 13,
  processId: 14,
  threadId: 15,
  channel: 16,
  computer: 17,
  userSid: 18,
} as const

/** Element and attribute of each item; without an attribute the item is the element's text. */
export const systemPlaces: readonly (readonly [element: string, attribute?: string])[] = [
  ['Provider', 'Name'],
  ['Provider', 'Guid'],
  ['Provider', 'EventSourceName'],
  ['EventID'],
  ['EventID', 'Qualifiers'],
  ['Version'],
  ['Level'],
  ['Task'],
  ['Opcode'],
  ['Keywords'],
  ['TimeCreated', 'SystemTime'],
  ['EventRecordID'],
  ['Correlation', 'ActivityID'],
  ['Correlation', 'RelatedActivityID'],
  ['Execution', 'ProcessID'],
  ['Execution', 'ThreadID'],
  ['Channel'],
  ['Computer'],
  ['Security', 'UserID'],
]
export const SYSTEM_ITEM_COUNT = systemPlaces.length
/** Items that hardly change from record to record, so that remembering their text is worth it. */
const seldomChange: ReadonlySet<number> = new Set([SystemItem.provider, SystemItem.channel, SystemItem.computer])

/** The item is not there, or is literal text. */
export const NO_SLOT = -1
/** The item is put together from several pieces. */
export const SEVERAL_PIECES = -2

/** Where each item of System stands in the instances of one template. */
export class SystemPlan {
  /** Per item its slot, NO_SLOT or SEVERAL_PIECES. */
  readonly slots = new Int32Array(SYSTEM_ITEM_COUNT).fill(NO_SLOT)
  /** Per item its literal text; null when it is not there or not literal. */
  readonly literals: (string | null)[] = new Array(SYSTEM_ITEM_COUNT).fill(null)
  /** Per item its pieces, empty when it is not there. */
  readonly pieces: (readonly Piece[])[] = new Array(SYSTEM_ITEM_COUNT).fill([])

  /** What provider, channel and computer said last, where they come from a slot. */
  readonly memos: (TextMemo | null)[] = new Array(SYSTEM_ITEM_COUNT).fill(null)

  constructor(system: ElementPiece | undefined) {
    if (system === undefined) return
    const seen = new Set<string>()
    for (const child of system.content) {
      if (child.kind !== 'element') continue
      const items = itemsOf.get(child.name)
      // The first element of a name counts.
      if (items === undefined || seen.has(child.name)) continue
      seen.add(child.name)
      for (const [attribute, item] of items) {
        if (attribute === undefined) this.#place(item, child.content)
        else {
          const content = child.attributes.find(({ name }) => name === attribute)?.content
          if (content !== undefined) this.#place(item, content)
        }
      }
    }
  }

  #place(item: number, content: readonly Piece[]): void {
    this.pieces[item] = content
    const literal = literalText(content)
    if (literal !== undefined) this.literals[item] = literal || null
    else {
      this.slots[item] = onlySlot(content)?.slot ?? SEVERAL_PIECES
      if (seldomChange.has(item)) this.memos[item] = new TextMemo()
    }
  }
}

/** Element name → the items that it holds, by attribute or as its text. */
const itemsOf = new Map<string, (readonly [attribute: string | undefined, item: number])[]>()
for (const [item, [element, attribute]] of systemPlaces.entries()) {
  const items = itemsOf.get(element) ?? []
  itemsOf.set(element, items)
  items.push([attribute, item])
}
