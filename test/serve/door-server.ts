import { EventEmitter } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Access, hostNames, type KeptToken, newToken, type Role } from '../../src/serve/access/index.ts'
import { Bodies, type BodyLimits } from '../../src/serve/doors/bodies.ts'
import { doors } from '../../src/serve/doors/index.ts'
import type { Intake, Post, ReadPost, Taken } from '../../src/serve/ports.ts'
import { openReading } from '../../src/serve/reading/index.ts'
import { buildServer } from '../../src/serve/server.ts'

/** What a post was read as. */
export interface Met {
  readonly post: Post
  readonly read: ReadPost
}

export interface DoorServer {
  readonly app: FastifyInstance
  readonly url: string
  /** What was sent since the last time this was asked. */
  readonly met: () => Met[]
  /** Tells `met` of each post that was read. */
  readonly posts: EventEmitter
  readonly token: (role?: Role, hosts?: readonly string[]) => { readonly id: string; readonly text: string }
  /** What the intake says next, once; undefined: that it is kept. */
  answerNext: (taken: Taken | undefined) => void
  hasRoom: (is: boolean) => void
  readonly faults: string[]
}

/** The service's server with its doors, listening, before an intake that reads and keeps nothing, or another. */
export async function doorServer(limits: Partial<BodyLimits> = {}, before?: Intake): Promise<DoorServer> {
  const tokens = new Map<string, KeptToken>()
  const reading = openReading(0)
  const faults: string[] = []
  const posts = new EventEmitter()
  let all: Met[] = []
  let next: Taken | undefined
  let room = true
  const intake: Intake = before ?? {
    async take(post) {
      const own = next
      next = undefined
      if (own) return own
      const read = await reading.read(post)
      all.push({ post, read })
      posts.emit('met')
      return { kind: 'kept', records: read.records, problems: read.problems, unlisted: read.unlisted }
    },
    hasRoomFor: () => room,
  }
  const plenty = { burst: 100_000, perSecond: 100_000 }
  const app = await buildServer({
    access: new Access({
      tokens: { one: (id) => tokens.get(id) ?? null, used: () => {} },
      now: () => 0,
      failures: plenty,
      requests: { send: plenty, read: plenty, administer: plenty },
    }),
    names: hostNames('127.0.0.1', []),
    isSecure: false,
    isBehindProxy: false,
    certificate: null,
    onFault: (text) => faults.push(text),
    plugins: doors({ intake, bodies: new Bodies(intake, limits) }),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    met: () => {
      const own = all
      all = []
      return own
    },
    posts,
    token(role = 'send', hosts) {
      const { id, text, hash } = newToken()
      const kept = { id, name: 'relay', role, hash, hosts: hosts ?? null, expires: null, created: 0, lastUsed: null }
      tokens.set(id, kept)
      return { id, text }
    },
    answerNext: (taken) => {
      next = taken
    },
    hasRoom: (is) => {
      room = is
    },
    faults,
  }
}
