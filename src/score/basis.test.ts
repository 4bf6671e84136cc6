import { expect, test } from 'vitest'
import { basisOf } from './basis.ts'
import { evidence } from './evidence.ts'
import { sighting, sightings } from './sightings.ts'

const basis = (id: string, bits = 0) => basisOf({ id, bits, says: '' })

test('every trait rests on its row of the table', () => {
  for (const row of evidence)
    expect(basis(row.id, row.bits)).toMatchObject({ kind: 'definitions', ordinary: [row.ordinary, 192] })
})

test('what a run or a person did rests on the logs that were counted, by the weight that it got', () => {
  const { bits } = sighting('made-by-person-as-system')
  const { ordinary, share } = sightings['made-by-person-as-system']
  expect(basis('made-by-person', bits)).toMatchObject({ kind: 'logs', ordinary, attacks: share, isAssumed: false })
  expect(basis('discovery', sighting('discovery-below-script').bits)).toMatchObject({ isAssumed: true })
})

test('a run that does what an intruder does next rests on definitions where these say more', () => {
  expect(basis('run-intrusion', 5)).toMatchObject({ kind: 'definitions', attacks: [11, 104] })
})

test('what is counted over hosts, over the past, or not at all says so', () => {
  expect(['rare-action', 'new-offspring', 'short-lived'].map((id) => basis(id).kind)).toEqual([
    'hosts',
    'past',
    'by-hand',
  ])
})
