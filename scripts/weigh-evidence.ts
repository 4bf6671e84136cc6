// Counts the traits of real definitions and writes what each is worth to src/score/evidence.ts.
//   node scripts/weigh-evidence.ts CORPUS.jsonl [--write]
//   node scripts/weigh-evidence.ts --runs RUNS.jsonl
// Without --write it only prints: the table, what is to be expected of definitions that nobody has seen (cross-validation over
// sources), how reliable the totals are, and what each group of reasons is worth. With --runs it counts what ordinary runs show.
// Neither the definitions nor the runs are part of the project; the counts are.
import { writeFileSync } from 'node:fs'
import { groups } from '../src/score/traits/index.ts'
import { isAttack, readCorpus } from './weigh-evidence/corpus.ts'
import { crossValidated } from './weigh-evidence/cross-validation.ts'
import { figuresOf, printed } from './weigh-evidence/figures.ts'
import {
  type Observed,
  observe,
  rowsOf,
  totalOf,
  weightsOf,
  withOthers,
  without,
} from './weigh-evidence/observations.ts'
import { reliabilityOf } from './weigh-evidence/reliability.ts'
import { countRuns } from './weigh-evidence/runs.ts'
import { evidenceSource } from './weigh-evidence/table.ts'

const [path] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const say = (line = '') => process.stdout.write(`${line}\n`)

if (path === undefined) {
  process.stderr.write('usage: node scripts/weigh-evidence.ts CORPUS.jsonl [--write] | --runs RUNS.jsonl\n')
  process.exit(2)
}
if (process.argv.includes('--runs')) {
  for (const [id, [seen, of]] of Object.entries(countRuns(path))) say(`${id.padEnd(26)} ${seen}/${of} ordinary runs`)
} else weigh(path)

function weigh(corpus: string): void {
  const items = readCorpus(corpus)
  const observed = observe(items)
  const rows = rowsOf(observed)
  const whole = (each: readonly Observed[], totals: readonly number[]) =>
    each.map((one, k) => withOthers(one, totals[k] ?? 0))
  const figures = (what: string, totals: readonly number[]) => say(printed(what, figuresOf(items, totals)))

  say(`${items.length} definitions, ${items.filter(isAttack).length} of them attacks`)
  say()
  for (const row of rows) say(row.line)
  say()
  const weights = weightsOf(observed)
  const fitted = observed.map((each) => totalOf(each, weights))
  const unseen = crossValidated(observed)
  figures('traits, measured on what they fit', fitted)
  figures('traits, cross-validated over sources', unseen)
  figures('whole score, on what it fits', whole(observed, fitted))
  figures('whole score, cross-validated', whole(observed, unseen))
  say()
  for (const line of reliabilityOf(items, unseen)) say(line)
  say()
  const others = new Set(observed.flatMap((each) => each.others.results.map(({ id }) => id)))
  for (const id of [...groups, ...[...others].sort()]) {
    const rest = without(observed, id)
    figures(`whole, cross-validated, without ${id}`, whole(rest, crossValidated(rest)))
  }
  if (process.argv.includes('--write')) {
    writeFileSync(new URL('../src/score/evidence.ts', import.meta.url), evidenceSource(rows))
    say('\nsrc/score/evidence.ts written')
  }
}
