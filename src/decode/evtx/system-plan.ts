import {
  type AttributePiece,
  childElements,
  type ElementPiece,
  literalText,
  onlySlot,
  type Piece,
} from './definition.ts'
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
const seldomChange = new Set(['Provider/Name', 'Channel/', 'Computer/'])
export const SYSTEM_ITEM_COUNT = systemPlaces.length

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

  /** What provider, channel and computer said last; they seldom change. */
  readonly memos: readonly (TextMemo | undefined)[] = systemPlaces.map(([element, attribute]) =>
    seldomChange.has(`${element}/${attribute ?? ''}`) ? new TextMemo() : undefined,
  )

  constructor(system: ElementPiece | undefined) {
    if (system === undefined) return
    const children = childElements(system)
    systemPlaces.forEach(([elementName, attributeName], item) => {
      const element = children.find((child) => child.name === elementName)
      const content = attributeName === undefined ? element?.content : attributeOf(element, attributeName)?.content
      if (content === undefined) return
      this.pieces[item] = content
      const literal = literalText(content)
      if (literal !== undefined) this.literals[item] = literal || null
      else this.slots[item] = onlySlot(content)?.slot ?? SEVERAL_PIECES
    })
  }
}

function attributeOf(element: ElementPiece | undefined, name: string): AttributePiece | undefined {
  return element?.attributes.find((attribute) => attribute.name === name)
}
