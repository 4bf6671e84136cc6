import type { FastifyInstance } from 'fastify'
import { Refusal } from './access/refusal.ts'

/** Bodies of JSON, whose depth is looked at before they are parsed. No other body is taken where a route's plugin does not say so. */
export function takeJsonBodies(app: FastifyInstance, mostDepth: number): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (depthOf(body as Buffer) > mostDepth) {
      done(new Refusal('bad-request', `JSON in more than ${mostDepth} levels`))
      return
    }
    parse(request, body.toString('utf8'), (error, value) => {
      if (error) done(new Refusal('bad-request', 'the body is no JSON that is taken here'))
      else done(null, value)
    })
  })
}

const quote = 0x22
const backslash = 0x5c

/** The most brackets that are open at once, outside of strings. */
export function depthOf(json: Uint8Array): number {
  let depth = 0
  let most = 0
  let isInString = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (isInString) {
      if (byte === backslash) at++
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (byte === 0x7b || byte === 0x5b) most = Math.max(most, ++depth)
    else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return most
}
