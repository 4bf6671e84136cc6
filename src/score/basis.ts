import type { FactorBasis } from '../model/explanation.ts'
import type { FactorResult } from '../model/finding.ts'
import { evidence, sources } from './evidence.ts'
import { factorsOfSettings } from './factors/index.ts'
import { type SightingId, sightedAs, sighting } from './sightings.ts'

/** Which counts a factor may go by. */
const sightingsOf: Readonly<Record<string, readonly SightingId[]>> = {
  'action-swapped': ['action-swapped'],
  'bad-signature': ['bad-signature'],
  'connects-outside': ['outside-by-shell', 'outside-by-program'],
  discovery: ['discovery-below-program', 'discovery-below-script'],
  'made-by-person': ['made-by-person-as-system', 'made-by-person'],
  offspring: ['shell-below-windows', 'shell-below-program', 'script-below-script'],
  'other-account': ['other-account', 'raised-below'],
  remote: ['remote'],
  'renamed-copy': ['renamed-copy'],
  'run-collection': ['collection'],
  'run-intrusion': ['intrusion'],
  'run-lateral': ['lateral'],
  'target-swapped': ['target-swapped'],
  twin: ['twin'],
}

/** Weighed as the trait of a definition that shows the same, where that is worth more. */
const asTrait: Readonly<Record<string, string>> = { 'run-intrusion': 'intrusion' }

const ofHosts = new Set(['rare-action', 'rare-offspring', 'rare-maker'])
const ofPast = new Set(['new-offspring'])
const ofSettings = new Set(factorsOfSettings.map(({ id }) => id))

const byId = new Map<string, (typeof evidence)[number]>(evidence.map((row) => [row.id, row]))

/** What the weight of a factor rests on. */
export function basisOf({ id, bits }: FactorResult): FactorBasis {
  const row = byId.get(id)
  if (row !== undefined) return ofDefinitions(row)
  const trait = byId.get(asTrait[id] ?? '')
  if (trait?.bits === bits) return ofDefinitions(trait)
  const may = sightingsOf[id] ?? []
  // What the host itself shows adds to the counts, and so to the bits.
  const seen = may.find((one) => sighting(one).bits === bits) ?? may.find((one) => sighting(one).bits <= bits)
  if (seen !== undefined) return sightedAs(seen)
  if (ofHosts.has(id)) return { kind: 'hosts' }
  if (ofSettings.has(id)) return { kind: 'settings' }
  return { kind: ofPast.has(id) ? 'past' : 'by-hand' }
}

const ofDefinitions = (row: (typeof evidence)[number]): FactorBasis => ({
  kind: 'definitions',
  ordinary: [row.ordinary, sources.ordinary],
  attacks: [row.attacks, sources.attacks],
  schtasks: { ordinary: [row.schtasks[0], sources.schtasks[0]], attacks: [row.schtasks[1], sources.schtasks[1]] },
  interval: [row.interval[0], row.interval[1]],
})
