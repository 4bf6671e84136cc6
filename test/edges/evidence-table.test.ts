import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCorpus } from '../../scripts/weigh-evidence/corpus.ts'
import { observe, rowsOf } from '../../scripts/weigh-evidence/observations.ts'
import { countRuns } from '../../scripts/weigh-evidence/runs.ts'
import { evidence, sources } from '../../src/score/evidence.ts'
import { sightings } from '../../src/score/sightings.ts'

const definitions = '../shared/data/definitions/dev.jsonl'
const runs = '../shared/data/runs/ordinary.jsonl'

test.skipIf(!existsSync(definitions))(
  'the table of evidence is what the labelled definitions count to (skipped where they are not beside the repository)',
  () => {
    const rows = rowsOf(observe(readCorpus(definitions)))
    expect(evidence).toEqual(
      rows.map(({ id, counts, schtasks, interval, bits }) => ({
        id,
        ordinary: counts.ordinary[0],
        attacks: counts.attack[0],
        schtasks: [schtasks.ordinary[0], schtasks.attack[0]],
        interval: interval.map((end) => Number(end.toFixed(1))),
        bits,
      })),
    )
    expect(sources.ordinary).toBe(rows[0]?.counts.ordinary[1])
    expect(sources.attacks).toBe(rows[0]?.counts.attack[1])
  },
)

test.skipIf(!existsSync(runs))(
  'what ordinary runs show is what the real runs count to (skipped where they are not beside the repository)',
  () => {
    for (const [id, counted] of Object.entries(countRuns(runs)))
      expect(sightings[id as keyof typeof sightings].ordinary, id).toEqual(counted)
    expect(readFileSync(runs, 'utf8').trim().split('\n')).toHaveLength(73)
  },
)
