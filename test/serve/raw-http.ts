import { connect, type Socket } from 'node:net'

/** What came back: the status of the first answer, or that the connection was ended without one. */
export type Answer = number | 'closed'

export interface Target {
  readonly host: string
  readonly port: number
}

/** Writes bytes to a server as they are, and gives what it says first. */
export function sendRaw({ host, port }: Target, ...pieces: readonly (string | Uint8Array)[]): Promise<Answer> {
  return answerOf(connect({ host, port }), (socket) => {
    for (const piece of pieces) socket.write(piece)
  })
}

/** Goes on writing a piece every few milliseconds until the server has enough of it. */
export function sendSlowly({ host, port }: Target, start: string, piece: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const socket = connect({ host, port })
  socket.once('close', () => clearInterval(timer))
  return answerOf(socket, () => {
    socket.write(start)
    timer = setInterval(() => socket.writable && socket.write(piece), 20)
  })
}

function answerOf(socket: Socket, write: (socket: Socket) => void): Promise<Answer> {
  return new Promise((resolve) => {
    let said = ''
    const done = (answer: Answer) => {
      resolve(answer)
      socket.destroy()
    }
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1')
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(said)?.[1]
      if (status !== undefined && status !== '100') done(Number(status))
    })
    socket.on('error', () => done('closed'))
    socket.on('close', () => done('closed'))
    socket.once('connect', () => write(socket))
  })
}

/** A request as text. */
export function requestText(
  line: string,
  headers: Readonly<Record<string, string | number>> = {},
  body: string | null = null,
): string {
  const all = { Host: 'localhost', ...(body !== null && { 'Content-Length': Buffer.byteLength(body) }), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}
