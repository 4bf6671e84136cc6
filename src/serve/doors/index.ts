import type { FastifyPluginAsync } from 'fastify'
import { Bodies } from './bodies.ts'
import type { DoorParts } from './door.ts'
import { elasticDoor } from './elastic/index.ts'
import { otlpDoor } from './otlp/index.ts'
import { plainDoor } from './plain.ts'
import { splunkDoor } from './splunk/index.ts'

export { Bodies, type BodyLimits } from './bodies.ts'
export type { DoorParts } from './door.ts'

/** Every way in by HTTP, with one bound on what they receive. */
export function doors({ intake, bodies = new Bodies(intake) }: DoorParts): FastifyPluginAsync[] {
  return [elasticDoor, splunkDoor, otlpDoor, plainDoor].map((door) => door({ intake, bodies }))
}
