import type { IncomingMessage } from 'node:http'

/** The rest of a body that is refused: its sender hears the answer when all of it is sent. Of one that goes on and on the connection ends. */
export function passOver(request: IncomingMessage, most: number): void {
  if (request.complete || request.destroyed) return
  let left = most
  request.on('data', (part: Buffer) => {
    left -= part.length
    if (left < 0) request.destroy()
  })
  request.resume()
}
