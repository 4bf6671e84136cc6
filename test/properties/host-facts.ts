import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostMachine } from '../../src/correlate/index.ts'
import { compareFacts, shardOf } from '../../src/engine/fact-order.ts'
import { mergeRuns } from '../../src/engine/fact-runs.ts'
import { attacks } from '../../src/lab/attacks/index.ts'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../../src/lab/fleet/write-fleet.ts'
import type { Chain } from '../../src/model/chain.ts'
import type { Fact } from '../../src/model/fact.ts'
import { extractInputs, TemporaryFolder } from '../../src/run/index.ts'
import { findInputs } from '../../src/sources/inputs.ts'

/** Facts of one host, in order. */
export interface HostFacts {
  readonly name: string
  readonly facts: Fact[]
}

/** How often a property is tried: `PROPERTY_RUNS=20 npm test` tries each twenty times as often. */
export const times = (runs: number): number => runs * Number(process.env.PROPERTY_RUNS ?? 1)

export const digestOf = (value: object): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)

/** Each chain in a line: what it is, and a digest of all that it says. */
export const digests = (chains: readonly Chain[]): string[] =>
  chains.map((chain) => {
    const about = chain.kind === 'log-cleared' ? chain.log : `${chain.taskPath} ${chain.change?.kind ?? ''}`
    return `${chain.id} ${about} ${chain.kind} ${chain.at.time} ${digestOf(chain)}`
  })

/** All that a host amounts to. */
export const toldBy = (machine: HostMachine): Chain[] => [...machine.chains(), ...machine.clearedLogs()]

/** The same facts on each of these days: with record ids, processes and runs of their own. */
export function everyDay(facts: readonly Fact[], days: number): Fact[] {
  const named = ['guid', 'parentGuid', 'clientGuid', 'instance']
  const onDay = (fact: Fact, day: number): Fact => {
    const own = Object.fromEntries(named.flatMap((name) => (name in fact ? [[name, anew(fact, name, day)]] : [])))
    return { ...fact, ...own, time: fact.time + day * 86_400_000, recordId: fact.recordId + day * 1_000_000 } as Fact
  }
  return [...Array(days).keys()].flatMap((day) => facts.map((fact) => onDay(fact, day))).sort(compareFacts)
}

function anew(fact: Fact, name: string, day: number): string | null {
  const id = (fact as unknown as Record<string, string | null>)[name] ?? null
  return id && `${id}/${day}`
}

const real = '../shared/data/dev/evtx'

/** The lab's demo, a fleet of the lab with every attack, and each real log where they are beside the repository. */
export async function hostFacts(): Promise<HostFacts[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
  try {
    writeDemo(join(folder, 'demo'))
    const fleet = { hosts: 8, days: 1, seed: 3, profile: 'mixed', noise: 'quiet', channels: allChannels } as const
    const all = attacks.map((attack) => ({ attack, variant: attack.variants[0] ?? '' }))
    writeFleet(
      { ...fleet, recordsCommandLines: true, securityDays: 1, attacks: all, format: 'evtx' },
      join(folder, 'fleet'),
    )
    const lab = Map.groupBy(await factsOf([folder]), shardOf)
    const hosts = [...lab].map(([shard, facts]) => ({ name: `lab ${shard}`, facts }))
    for (const name of existsSync(real) ? readdirSync(real) : []) {
      const facts = await factsOf([join(real, name)])
      if (new Set(facts.map(shardOf)).size === 1) hosts.push({ name, facts })
    }
    return hosts
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function factsOf(paths: string[]): Promise<Fact[]> {
  const temporary = new TemporaryFolder()
  try {
    const { runs } = await extractInputs((await findInputs(paths)).inputs, 1, temporary)
    return [...mergeRuns(runs)].map(({ fact }) => fact)
  } finally {
    temporary.remove()
  }
}
