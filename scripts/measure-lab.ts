// Lab figures of the score: what a scan is worth on fleets that `tasktrail lab make` invents.
//   node scripts/measure-lab.ts learn    FOLDER BASELINE SEED…   a baseline of 14 clean days of 50 hosts for each seed
//   node scripts/measure-lab.ts clean    FOLDER BASELINE SEED…   false alarms on 7 clean days of 50 hosts for each seed
//   node scripts/measure-lab.ts attacked FOLDER BASELINE SEED…   recall and precision on the same with every attack
//   node scripts/measure-lab.ts alone    FOLDER none     SEED…   the same, each host scanned alone without a baseline
// FOLDER keeps the fleets (4 MB a host and day); `--drop` removes each when it was scanned. A seed 8301-8305 is five seeds.
// `--quiet` makes fleets with less of what is no task's, which are read three times as fast.
// `--ablate` says for each group of factors what is left without it.
// `--list` prints each miss and each false finding with its factors.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { attacks } from '../src/lab/attacks/index.ts'
import { allChannels } from '../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../src/lab/fleet/write-fleet.ts'
import type { Score } from '../src/measure/score.ts'
import { score } from '../src/measure/score.ts'
import { readTold, type Told } from '../src/measure/told.ts'
import { readTruth, type Truth } from '../src/measure/truth.ts'
import type { ScoredChain, Severity } from '../src/model/finding.ts'
import { severities } from '../src/model/finding.ts'
import { findingJson } from '../src/report/index.ts'
import { type ScanOptions, scanPaths } from '../src/run/index.ts'
import { basisOf } from '../src/score/basis.ts'
import { factorsOfRuns } from '../src/score/factors/index.ts'
import { Learning, severityOf } from '../src/score/index.ts'
import { traits } from '../src/score/traits/index.ts'
import { BaselineFile, writeBaseline } from '../src/stores/baseline-file.ts'
import { upperEnd } from './measure-lab/upper-end.ts'

const [mode = '', folder = '', baselinePath = '', ...ranges] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
const isListing = process.argv.includes('--list')
const isAblating = process.argv.includes('--ablate')
const isDropping = process.argv.includes('--drop')
const say = (line = '') => process.stdout.write(`${line}\n`)
const hosts = 50

const seeds = ranges.flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map(Number)
  return Array.from({ length: last - first + 1 }, (_, n) => first + n)
})
if (!/^(?:learn|clean|attacked|alone)$/.test(mode) || baselinePath === '' || seeds.length === 0) {
  process.stderr.write('usage: node scripts/measure-lab.ts learn|clean|attacked|alone FOLDER BASELINE|none SEED…\n')
  process.exit(2)
}

/** The folder of a fleet, which is made where it is not there yet. */
function fleetOf(seed: number, days: number, isAttacked: boolean): string {
  const path = join(folder, String(seed))
  if (existsSync(join(path, 'truth.json'))) return path
  mkdirSync(folder, { recursive: true })
  const every = attacks.flatMap((attack) => attack.variants.map((variant) => ({ attack, variant })))
  const spec = {
    hosts,
    days,
    seed,
    profile: 'mixed',
    noise: process.argv.includes('--quiet') ? 'quiet' : 'normal',
    recordsCommandLines: true,
  } as const
  const room = { channels: allChannels, securityDays: 1_000_000, format: 'evtx' }
  writeFleet({ ...spec, ...room, attacks: isAttacked ? every : [] }, path)
  return path
}

function truthOf(fleet: string): Truth {
  const reading = readTruth(JSON.parse(readFileSync(join(fleet, 'truth.json'), 'utf8')))
  if ('wrong' in reading) throw new Error(reading.wrong)
  return reading.value
}

function toldOf(scored: ScoredChain, inputs: readonly string[]): Told {
  const reading = readTold(findingJson(scored, inputs))
  if ('wrong' in reading) throw new Error(reading.wrong)
  return reading.value
}

const chainById = new Map<string, ScoredChain>()

async function scanned(paths: readonly string[], baseline: ScanOptions['baseline'] & {}): Promise<Told[]> {
  const { chains, inputs } = await scanPaths(paths, { baseline, jobs: 1 })
  for (const scored of chains) chainById.set(scored.chain.id, scored)
  return chains.map((scored) => toldOf(scored, inputs))
}

const isAtLeast = (from: Severity, severity: Severity | null): boolean =>
  severity !== null && severities.indexOf(severity) >= severities.indexOf(from)

function list(what: string, told: Pick<Told, 'id' | 'host' | 'task' | 'bits'> | null, name = ''): void {
  if (!isListing) return
  const factors = told === null ? [] : (chainById.get(told.id)?.score.factors ?? [])
  say(
    `  ${what} ${name} ${told?.bits ?? '-'} ${told?.task ?? '(no task)'} on ${told?.host ?? '?'}: ${factors.map(({ id, bits }) => `${id} ${bits}`).join(', ')}`,
  )
}

/** Groups of factors that are taken away, by what names them. */
const ablations: readonly (readonly [string, (id: string) => boolean])[] = [
  ['rarity', (id) => id.startsWith('rare-')],
  ['traits', (id) => traits.some((trait) => trait.id === id && trait.group !== 'habit')],
  ['habits', (id) => traits.some((trait) => trait.id === id && trait.group === 'habit')],
  ['what ran', (id) => factorsOfRuns.some((factor) => factor.id === id && id !== 'rare-offspring')],
  ['connections to outside', (id) => id === 'connects-outside'],
  ['that a person made it', (id) => id === 'made-by-person'],
  ['what is set by hand', (id) => basisOf({ id, bits: Number.POSITIVE_INFINITY, says: '' }).kind === 'by-hand'],
]

/** The findings without these factors; what was the heaviest of its group leaves nothing in its place. */
function without(told: readonly Told[], isGone: (id: string) => boolean): Told[] {
  return told.map((one) => {
    const factors = chainById.get(one.id)?.score.factors ?? []
    const bits = factors.reduce((sum, { id, bits: own }) => sum + (isGone(id) ? 0 : own), 0)
    return { ...one, bits, severity: severityOf(bits) }
  })
}

function sayAblations(told: readonly Told[], truth: Truth): void {
  for (const [name, isGone] of ablations) {
    const { chains, falseAlarms } = score(without(told, isGone), truth)
    const ofAttacks = chains.filter(({ chain }) => chain.isAttack)
    const executed = ofAttacks.filter(({ chain }) => chain.processes.length > 0)
    const found = (each: typeof chains) =>
      each.filter(({ told: one }) => isAtLeast('medium', one?.severity ?? null)).length
    say(
      `  without ${name}: executed ${found(executed)} of ${executed.length}, all ${found(ofAttacks)} of ${ofAttacks.length}, false ${falseAlarms.length}`,
    )
  }
}

/** What is counted over seeds. */
const sums = {
  executed: 0,
  executedFound: 0,
  all: 0,
  allFound: 0,
  right: 0,
  severe: 0,
  hostDays: 0,
  medium: 0,
  high: 0,
}

function count(seed: number, { chains, precision, falseAlarms }: Score, hostDays: number): void {
  const ofAttacks = chains.filter(({ chain }) => chain.isAttack)
  // Visible: the scan names a process of its run.
  const executed = ofAttacks.filter(({ chain }) => chain.processes.length > 0)
  const isFound = ({ told }: (typeof chains)[number]) => isAtLeast('medium', told?.severity ?? null)
  const high = falseAlarms.filter(({ severity }) => isAtLeast('high', severity)).length
  say(
    `seed ${seed}: executed attacks ${executed.filter(isFound).length} of ${executed.length}, all ${ofAttacks.filter(isFound).length} of ${ofAttacks.length}; ` +
      `findings at medium or above ${precision.of}, of an attack ${precision.right}, false at high or above ${high}; ${hostDays} host-days`,
  )
  for (const one of ofAttacks.filter((each) => !isFound(each)))
    list(`MISS${one.chain.processes.length > 0 ? '' : ' (not run)'}`, one.told, one.chain.attackName ?? '')
  if (process.argv.includes('--all'))
    for (const one of ofAttacks.filter(isFound)) list('found', one.told, one.chain.attackName ?? '')
  for (const told of falseAlarms) list('FALSE', told)
  sums.executed += executed.length
  sums.executedFound += executed.filter(isFound).length
  sums.all += ofAttacks.length
  sums.allFound += ofAttacks.filter(isFound).length
  sums.right += precision.right
  sums.severe += precision.of
  sums.hostDays += hostDays
  sums.medium += falseAlarms.length
  sums.high += high
}

const percent = (right: number, of: number) =>
  `${right} of ${of}${of > 0 ? ` (${((100 * right) / of).toFixed(1)} %)` : ''}`

function sayBudget(what: string, events: number, budget: number): void {
  const perThousand = (events * 1000) / sums.hostDays
  const upper = (1000 * upperEnd(events)) / sums.hostDays
  say(
    `false at ${what} or above: ${events} in ${sums.hostDays} host-days, ${perThousand.toFixed(2)} in 1,000 (95 % upper end ${upper.toFixed(2)}, budget ${budget})`,
  )
}

async function learn(): Promise<void> {
  const learning = new Learning()
  for (const seed of seeds) {
    const fleet = fleetOf(seed, 14, false)
    const { chains, roles } = await scanPaths([fleet], { baseline: 'none', jobs: 1 })
    for (const scored of chains) learning.learn(scored, roles.get(scored.chain.host))
    if (isDropping) rmSync(fleet, { recursive: true })
  }
  rmSync(baselinePath, { force: true })
  writeBaseline(baselinePath, learning, learning.id)
  say(`baseline ${learning.id} of ${learning.hosts.length} hosts, ${learning.held.length} chains held`)
}

/** A host's collection by itself, as a responder has it. */
async function scannedAlone(fleet: string): Promise<Told[]> {
  const told: Told[] = []
  for (const host of readdirSync(fleet).sort())
    if (statSync(join(fleet, host)).isDirectory()) told.push(...(await scanned([join(fleet, host)], 'input')))
  return told
}

async function measure(): Promise<void> {
  const baseline = baselinePath === 'none' ? 'input' : new BaselineFile(baselinePath)
  for (const seed of seeds) {
    const fleet = fleetOf(seed, 7, mode !== 'clean')
    const truth = truthOf(fleet)
    const told = mode === 'alone' ? await scannedAlone(fleet) : await scanned([fleet], baseline)
    count(seed, score(told, truth), hosts * (truth.days ?? 7))
    if (isAblating) sayAblations(told, truth)
    chainById.clear()
    if (isDropping) rmSync(fleet, { recursive: true })
  }
  if (mode !== 'clean') {
    say(
      `executed attacks at medium or above: ${percent(sums.executedFound, sums.executed)}; all: ${percent(sums.allFound, sums.all)}`,
    )
    say(`findings at medium or above that are an attack's: ${percent(sums.right, sums.severe)}`)
    say(`false findings in a host-week: ${((sums.medium * 7) / sums.hostDays).toFixed(2)}`)
  }
  sayBudget('medium', sums.medium, 1)
  sayBudget('high', sums.high, 0.1)
}

await (mode === 'learn' ? learn() : measure())
