import { randomBytes } from 'node:crypto'
import type { ItemProblem, Taken } from '../../ports.ts'
import type { BulkBody, BulkItem } from './bulk-body.ts'

type Kept = Extract<Taken, { readonly kind: 'kept' }>

interface ItemError {
  readonly status: number
  readonly type: string
  readonly reason: string
}

const errorOf = ({ code, reason }: Pick<ItemProblem, 'code' | 'reason'>): ItemError =>
  code === 'not-yours'
    ? { status: 403, type: 'security_exception', reason }
    : { status: 400, type: 'document_parsing_exception', reason }

const withoutDocument: ItemError = { status: 400, type: 'parse_exception', reason: 'request body is required' }
/** Clients send such an item again. */
const notListed: ItemError = {
  status: 429,
  type: 'es_rejected_execution_exception',
  reason: 'of the same request more could not be read than are told by themselves',
}

/** What became of each item, in order. */
export function bulkAnswer({ items, documents }: BulkBody, taken: Kept, took: number) {
  const errors = errorsOf(documents, taken)
  let hasErrors = false
  const answers = items.map((item, index) => {
    const error = !item.hasDocument && item.action !== 'delete' ? withoutDocument : errors.get(index)
    if (error) hasErrors = true
    return { [item.action]: error ? refused(item, error) : accepted(item) }
  })
  return { took, errors: hasErrors, items: answers }
}

/** By item. Of the whole, when nothing of it could be read. */
function errorsOf(documents: readonly number[], { records, problems, unlisted }: Kept): Map<number, ItemError> {
  const errors = new Map<number, ItemError>()
  const whole = records === 0 ? problems.find(({ item }) => item === null) : undefined
  if (whole) for (const item of documents) errors.set(item, errorOf(whole))
  let last = -1
  for (const problem of problems) {
    const item = problem.item === null ? undefined : documents[problem.item]
    if (item === undefined) continue
    if (!errors.has(item)) errors.set(item, errorOf(problem))
    last = Math.max(last, item)
  }
  // Of those behind the last that is listed nobody knows which were read: sent again they are told, and what is known is not taken twice.
  if (unlisted > 0) for (const item of documents) if (item > last) errors.set(item, notListed)
  return errors
}

const newId = (): string => randomBytes(15).toString('base64url')

function accepted({ action, index, id }: BulkItem) {
  const own = { _index: index, _id: id ?? newId() }
  // events do not change, so there is nothing to be removed
  if (action === 'delete') return { ...own, _version: 1, result: 'not_found', ...written, status: 404 }
  if (action === 'update') return { ...own, _version: 2, result: 'updated', ...written, status: 200 }
  return { ...own, _version: 1, result: 'created', ...written, status: 201 }
}

const written = { _shards: { total: 1, successful: 1, failed: 0 }, _seq_no: 0, _primary_term: 1 } as const

const refused = ({ index, id }: BulkItem, { status, type, reason }: ItemError) => ({
  _index: index,
  _id: id,
  status,
  error: { type, reason },
})
