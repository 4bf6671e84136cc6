/** Why a request gets no answer of its own; doors may word it as their protocol does, by `statusCode` and `code`. */
export type RefusalCode =
  | 'no-token'
  | 'wrong-token'
  | 'expired-token'
  | 'no-right'
  | 'too-many'
  | 'foreign-host'
  | 'cross-site'
  | 'bad-request'

const statusCodes: Readonly<Record<RefusalCode, number>> = {
  'no-token': 401,
  'wrong-token': 401,
  'expired-token': 401,
  'no-right': 403,
  'too-many': 429,
  'foreign-host': 421,
  'cross-site': 403,
  'bad-request': 400,
}

/** Thrown by the guard; the server's error handler, or that of a door, makes an answer of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly statusCode: number
  readonly code: RefusalCode
  /** Seconds after which it may be tried again; null: no time helps. */
  readonly retryAfter: number | null

  constructor(code: RefusalCode, message: string, retryAfter: number | null = null) {
    super(message)
    this.code = code
    this.statusCode = statusCodes[code]
    this.retryAfter = retryAfter
  }
}
