/**
 * How well `scope` finds what one attack did elsewhere: `node scripts/measure-scope.ts FLEET`, where FLEET is what `tasktrail lab make`
 * wrote with each attack several times. Every finding that is an attack's is scoped; the hosts that it names are held against the truth.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findingNamed, looseHashes, subjectOf } from '../src/cli/works/finding-form.ts'
import { scopeOf } from '../src/hunt/index.ts'
import { readTruth, type TrueChain } from '../src/measure/truth.ts'
import { isOfTask } from '../src/model/finding.ts'
import { hostKey } from '../src/model/host.ts'
import { isFinding } from '../src/report/index.ts'
import { scanPaths } from '../src/run/index.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/measure-scope.ts FLEET')
const truth = readTruth(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')))
if ('wrong' in truth) throw new Error(truth.wrong)

const attacks = truth.value.files.flatMap(({ chains }) => chains).filter(({ isAttack }) => isAttack)
const hostsOf = new Map<string, Set<string>>()
for (const { attackName, host } of attacks) {
  const name = attackName ?? ''
  hostsOf.set(name, (hostsOf.get(name) ?? new Set()).add(hostKey(host)))
}
// What commands an attack on another host is touched by it, too.
const hosts = truth.value.files.flatMap((file) => file.hosts.map(hostKey))
const sources = attacks
  .filter(({ attackName }) => /remote|atexec/.test(attackName ?? ''))
  .map(({ host }) => hosts[hosts.indexOf(hostKey(host)) + 1])
const touched = new Set([...attacks.map(({ host }) => hostKey(host)), ...sources])

const result = await scanPaths([folder])
const { inputs, chains, tally } = result
const hash = looseHashes()
const isTask = (attack: TrueChain, host: string, task: string | null) =>
  hostKey(attack.host) === host && (attack.task ?? '').toLowerCase() === (task ?? '').toLowerCase()

let scopes = 0
let whole = 0
let alien = 0
for (const [name, own] of hostsOf) {
  for (const host of own) {
    const ofAttack = attacks.filter(({ attackName }) => (attackName ?? '') === name)
    const best = chains
      .filter(isOfTask)
      .filter((one) => isFinding(one) && hostKey(one.chain.host) === host && one.chain.partOf === null)
      .filter(({ chain }) => ofAttack.some((attack) => isTask(attack, host, chain.taskPath)))
      .toSorted((a, b) => b.score.bits - a.score.bits)[0]
    const finding = best && findingNamed(chains, best.chain.id, inputs)
    if (!finding) {
      console.log(`${name} on ${host}: no finding to begin with`)
      continue
    }
    scopes++
    const { hits } = scopeOf(subjectOf(finding), { inputs, chains, hosts: tally.hosts }, hash)
    const found = new Set(hits.map((hit) => hostKey(hit.host)))
    const missed = [...own].filter((one) => one !== host && !found.has(one))
    const strange = hits.filter((hit) => !touched.has(hostKey(hit.host)))
    if (missed.length === 0) whole++
    else console.log(`${name} on ${host}: misses ${missed.join(', ')}`)
    if (strange.length > 0) alien++
    for (const hit of strange) console.log(`${name} on ${host}: names ${hit.host} by ${hit.same.join(', ')}`)
  }
}
console.log(
  `${scopes} scopes; ${whole} with each host that the attack touched; ${alien} with a host that no attack touched`,
)
