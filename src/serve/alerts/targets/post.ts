import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { clean } from '../../../report/index.ts'
import { reasonOf } from '../../../sources/reason.ts'

/** Where and how something is posted. */
export interface Door {
  readonly url: URL
  /** Certificates of those who vouch for the receiver; null: those that the system knows. */
  readonly ca: string | null
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number
  /** Bytes of an answer that are read. */
  readonly longestAnswer: number
}

export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** What is read of an answer that nobody needs but a person who looks for what is wrong. */
export const shortAnswer = 64 << 10

/**
 * Posts once; follows nothing. Returns the answer, or why there is none. An address can be a secret of its own, so that of it only the host
 * is ever named.
 */
export function post(
  { url, ca, timeout, longestAnswer }: Door,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  signal: AbortSignal,
): Promise<Answer | { readonly error: string }> {
  return new Promise((resolve) => {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
    const fail = (error: unknown) => {
      const late = ends.aborted && !signal.aborted
      const reason = late ? `no answer within ${timeout} ms` : signal.aborted ? 'the service ended' : reasonOf(error)
      resolve({ error: `${url.host}: ${clean(reason)}` })
    }
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      signal: ends,
      ...(ca === null ? {} : { ca }),
      // a connection that was kept open may have been closed by the receiver just now, and then nobody knows what arrived
      agent: false as const,
    }
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const pieces: Buffer[] = []
      let length = 0
      const done = () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          body: Buffer.concat(pieces).toString(),
        })
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        length += piece.length
        if (length > longestAnswer) {
          done()
          response.destroy()
        }
      })
      response.on('end', done)
      response.on('error', fail)
    })
    request.on('error', fail)
    request.end(body)
  })
}

/** What an answer that is no success says, for a person. */
export function saidBy({ status, body }: Answer, host: string): string {
  if (status >= 300 && status < 400) return `${host} answered ${status}: it sends elsewhere, where nothing is sent`
  const said = clean(body.slice(0, 200)).trim()
  return `${host} answered ${status}${said === '' ? '' : `: ${said}`}`
}

/** That something in this one is wrong, so that the receiver would never take it: everything else may be put right at its side. */
export const isRefusal = (status: number): boolean =>
  status === 400 || status === 413 || status === 415 || status === 422
