/**
 * Facts through the correlator alone, from memory: a week of a fleet's facts, host after host, and the demo incident's facts repeated
 * day after day on one host, which makes a chain of every 25 facts. Lab figures.
 *
 *     node bench/correlate.ts [--days N] [--rounds N]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HostMachine } from '../src/correlate/index.ts'
import { mergeRuns } from '../src/engine/fact-runs.ts'
import { writeDemo } from '../src/lab/demo-incident.ts'
import { allChannels } from '../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../src/lab/fleet/write-fleet.ts'
import type { Fact } from '../src/model/fact.ts'
import { extractInputs, TemporaryFolder } from '../src/run/index.ts'
import { findInputs } from '../src/sources/inputs.ts'

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    'evtx-dump': { type: 'string' },
  },
})

async function factsOf(folder: string): Promise<Fact[]> {
  const temporary = new TemporaryFolder()
  try {
    const { runs } = await extractInputs((await findInputs([folder])).inputs, 1, temporary)
    return [...mergeRuns(runs)].map(({ fact }) => fact)
  } finally {
    temporary.remove()
  }
}

function measure(what: string, hosts: readonly (readonly Fact[])[]): void {
  const count = hosts.reduce((sum, facts) => sum + facts.length, 0)
  const rates: number[] = []
  for (let round = 0; round <= Number(options.rounds); round++) {
    const begin = performance.now()
    for (const facts of hosts) {
      const machine = new HostMachine(facts[0]?.host ?? '')
      for (const fact of facts) machine.add(fact)
      machine.chains()
    }
    if (round > 0) rates.push(count / (performance.now() - begin))
  }
  rates.sort((a, b) => a - b)
  const rate = ((rates[rates.length >> 1] as number) * 1000).toFixed(0)
  console.log(`${count} facts of ${what}: ${rate} facts/s (median of ${options.rounds})`)
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
try {
  const fleet = { hosts: 12, days: 7, seed: 1, profile: 'mixed', noise: 'normal', channels: allChannels } as const
  const fleetFolder = join(folder, 'fleet')
  writeFleet({ ...fleet, recordsCommandLines: true, securityDays: 7, attacks: [], format: 'evtx' }, fleetFolder)
  measure('a fleet’s week', [...Map.groupBy(await factsOf(fleetFolder), ({ host }) => host).values()])

  const demoFolder = join(folder, 'demo')
  writeDemo(demoFolder)
  const story = (await factsOf(demoFolder)).filter((f) => f.host.startsWith('ws5'))
  const length = 3 * 86_400_000
  const facts: Fact[] = []
  for (let day = 0; day < Number(options.days); day++) {
    for (const fact of story)
      facts.push({ ...fact, time: fact.time + day * length, recordId: fact.recordId + day * 1_000_000 })
  }
  measure('the demo incident, repeated', [facts])
} finally {
  rmSync(folder, { recursive: true })
}
