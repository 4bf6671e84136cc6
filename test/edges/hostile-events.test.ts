import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { Random } from '../../src/lab/random.ts'
import { isOfTask } from '../../src/model/finding.ts'
import { hostileRound } from '../hostile/hostile-round.ts'
import { laid, scanned } from '../scan-in-process.ts'

// Hostile records beside an incident's own, as scripts/fuzz-events.ts makes them for as long as one likes: a few of its rounds.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-hostile-events-'))
afterAll(() => rmSync(folder, { recursive: true }))
const incident = demoIncident()

const seeds = Array.from({ length: 24 }, (_, n) => n + 1)

describe('whatever an attacker puts beside it, the incident is told, and nothing is unread in silence', () => {
  test.each(seeds)('seed %i', async (seed) => {
    const round = hostileRound(incident, new Random(seed))
    const { result, code } = await scanned(laid(join(folder, `${seed}`), Object.fromEntries(round.files)))
    const findings = result.chains.filter(({ score }) => score.severity !== 'informational')
    expect(findings.filter(isOfTask).map(({ chain }) => chain.taskPath)).toContain(round.attackedTask)
    if (round.isDamaged) expect(code).toBe(3)
    else expect([0, 3]).toContain(code)
    if (code === 0) expect(result.tally.records).toBe(round.records)
  })
})
