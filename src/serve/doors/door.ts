import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Intake, Post, Sender, Taken } from '../ports.ts'
import { Bodies } from './bodies.ts'

/** What a door needs of the service. */
export interface DoorParts {
  readonly intake: Intake
  /** Shared by all doors, so that one bound holds for what they receive. */
  readonly bodies?: Bodies
}

/** A part of the HTTP server in which senders are spoken to as one product does. */
export type Door = (parts: DoorParts) => FastifyPluginAsync

/** Who sends, how evidence names it, and what takes it. */
export class DoorIntake {
  readonly #name: string
  readonly #intake: Intake
  readonly #bodies: Bodies

  constructor(name: string, { intake, bodies = new Bodies(intake) }: DoorParts) {
    this.#name = name
    this.#intake = intake
    this.#bodies = bodies
  }

  /** `most`: bytes, unpacked, where less is taken than by other doors. */
  receive(request: FastifyRequest, most?: number): Promise<Uint8Array<SharedArrayBuffer>> {
    return this.#bodies.receive(request.raw, most)
  }

  take(request: FastifyRequest, post: Pick<Post, 'bytes' | 'kind' | 'items'>): Promise<Taken> {
    const sender = senderOf(request)
    return this.#intake.take({ sender, source: `${this.#name}:${sender.name}`, ...post })
  }

  hasRoom(): boolean {
    return this.#intake.hasRoomFor(0)
  }
}

function senderOf({ principal }: FastifyRequest): Sender {
  // a route that is for senders has one: without it nothing may be taken
  if (!principal) throw new Error('nobody is known to have sent this')
  return { name: principal.name, hosts: principal.hosts }
}

/** Bodies of any type are left to the door, which reads them from the network when it wants to. */
export function leaveBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
}
