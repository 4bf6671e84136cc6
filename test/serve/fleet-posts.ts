import { attacks } from '../../src/lab/attacks/index.ts'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { makeFleet } from '../../src/lab/fleet/make-fleet.ts'
import type { Post } from '../../src/serve/ports.ts'

/** Records of one log of one host, in order. */
export interface FleetLog {
  readonly host: string
  readonly channel: string
  readonly events: readonly LabEvent[]
}

/** What the logs of a small fleet with some attacks have in the end. */
export function fleetLogs(seed: number, attacked: readonly string[], { hosts = 2, days = 1 } = {}): FleetLog[] {
  const logs = new Map<string, { host: string; channel: string; events: LabEvent[] }>()
  const chosen = attacks.filter(({ name }) => attacked.includes(name))
  const keyOf = (host: string, channel: string) => `${host}\n${channel}`
  makeFleet(
    {
      ...{ hosts, days, seed, profile: 'mixed', noise: 'quiet', channels: allChannels, recordsCommandLines: true },
      ...{ securityDays: days, format: 'winlogbeat-8' },
      attacks: chosen.map((attack) => ({ attack, variant: attack.variants[0] ?? '' })),
    },
    {
      cleared: ({ name }, channel) => void logs.delete(keyOf(name, channel)),
      events({ name }, channel, events) {
        const log = logs.get(keyOf(name, channel)) ?? { host: name, channel, events: [] }
        logs.set(keyOf(name, channel), log)
        for (const event of events) log.events.push(event)
      },
      end: () => {},
    },
  )
  return [...logs.values()]
}

/** Lines as Winlogbeat writes them. */
export const linesOf = (events: readonly LabEvent[]): string =>
  events.map((event) => `${winlogbeat8Writer.line(event)}\n`).join('')

export function shared(text: string): Uint8Array<SharedArrayBuffer> {
  const bytes = Buffer.from(text)
  const own = new Uint8Array(new SharedArrayBuffer(bytes.length))
  own.set(bytes)
  return own
}

export const postOf = (source: string, text: string): Post => ({
  sender: { name: 'lab', hosts: null },
  source,
  bytes: shared(text),
  kind: 'json-lines',
  items: null,
})
