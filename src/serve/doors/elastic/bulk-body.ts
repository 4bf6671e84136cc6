import { bufferOver, isBlank, linesIn, Places, refuseTooMany } from '../lines.ts'

/**
 * The body of a bulk request: a line that says what is to be done, and, but for deletions, the document on the next.
 * Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
 */
export interface BulkBody {
  readonly items: readonly BulkItem[]
  /** Of each document which of the items it is of. */
  readonly documents: readonly number[]
  /** Where each document begins. */
  readonly places: Float64Array
}

export interface BulkItem {
  readonly action: BulkAction
  readonly index: string
  /** Null: one is made. */
  readonly id: string | null
  readonly hasDocument: boolean
}

const actions = ['index', 'create', 'update', 'delete'] as const
export type BulkAction = (typeof actions)[number]

/** The whole request is refused, as Elasticsearch does. */
export class BulkRefused extends Error {
  readonly type: 'illegal_argument_exception' | 'action_request_validation_exception' | 'parse_exception'

  constructor(type: BulkRefused['type'], reason: string) {
    super(reason)
    this.type = type
  }
}

const malformed = (line: number, what: string) =>
  new BulkRefused('illegal_argument_exception', `Malformed action/metadata line [${line}], ${what}`)

/** No line that says what is to be done is longer; its names and ids have 512 bytes at most. */
const longestAction = 8 << 10

/** Takes the lines apart, and leaves nothing but the documents: the other lines are blanks afterwards. */
export function readBulkBody(body: Uint8Array<SharedArrayBuffer>, ofPath: string | null): BulkBody {
  const bytes = bufferOver(body)
  if (bytes.length === 0) throw new BulkRefused('parse_exception', 'request body is required')
  if (bytes.at(-1) !== 0x0a)
    throw new BulkRefused('illegal_argument_exception', 'The bulk request must be terminated by a newline [\\n]')
  const items: BulkItem[] = []
  const documents: number[] = []
  const places = new Places()
  const actionAt = actionReader(bytes, ofPath)
  let line = 0
  let awaited: BulkItem | null = null
  for (const [from, to] of linesIn(bytes)) {
    line++
    if (awaited !== null) {
      if (!isBlank(bytes, from, to)) {
        documents.push(items.length)
        places.add(from)
        items.push(awaited)
      } else items.push({ ...awaited, hasDocument: false })
      awaited = null
      continue
    }
    if (isBlank(bytes, from, to)) continue
    refuseTooMany(items.length + 1)
    const item = actionAt(from, to, line)
    bytes.fill(0x20, from, to)
    if (item.action === 'delete') items.push(item)
    else awaited = item
  }
  if (awaited !== null) items.push({ ...awaited, hasDocument: false })
  if (items.length === 0)
    throw new BulkRefused('action_request_validation_exception', 'Validation Failed: 1: no requests added;')
  return { items, documents, places: places.all() }
}

/** Shippers say the same before each document, so that most lines need not be parsed. */
function actionReader(bytes: Buffer, ofPath: string | null): (from: number, to: number, line: number) => BulkItem {
  let last: { readonly text: Buffer; readonly item: BulkItem } | null = null
  return (from, to, line) => {
    if (
      last !== null &&
      last.text.length === to - from &&
      bytes.compare(last.text, 0, last.text.length, from, to) === 0
    )
      return last.item
    if (to - from > longestAction) throw malformed(line, `it has more than ${longestAction} bytes`)
    const text = Buffer.from(bytes.subarray(from, to))
    const item = readAction(text.toString('utf8'), line, ofPath)
    last = { text, item }
    return item
  }
}

function readAction(text: string, line: number, ofPath: string | null): BulkItem {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed(line, 'expected a JSON object')
  }
  if (!isObject(value)) throw malformed(line, 'expected START_OBJECT')
  const [name, ...more] = Object.keys(value)
  const action = actions.find((one) => one === name)
  if (action === undefined)
    throw malformed(
      line,
      `expected field [create], [delete], [index] or [update] but found [${(name ?? '').slice(0, 100)}]`,
    )
  if (more.length > 0) throw malformed(line, 'expected END_OBJECT but found [FIELD_NAME]')
  const target = value[action]
  if (!isObject(target)) throw malformed(line, 'expected START_OBJECT')
  const index = asText(target._index) ?? ofPath
  if (index === null)
    throw new BulkRefused('action_request_validation_exception', 'Validation Failed: 1: index is missing;')
  return { action, index, id: asText(target._id), hasDocument: action !== 'delete' }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const asText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
