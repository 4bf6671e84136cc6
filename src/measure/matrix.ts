import { junit } from './junit.ts'
import type { Score } from './score.ts'

/** What one telemetry set-up would have caught. */
export interface SetUpResult {
  readonly name: string
  readonly score: Score
}

/** `run`: with the processes that its runs started; `change`: without them; `none`: not found. */
export type Caught = 'run' | 'change' | 'none'

export interface MatrixRow {
  readonly attack: string
  /** One for each set-up. */
  readonly caught: readonly Caught[]
}

/** Which attack each set-up would have caught; of one with several chains, the best. */
export function matrixOf(setUps: readonly SetUpResult[]): MatrixRow[] {
  const names = new Set(
    setUps.flatMap(({ score }) =>
      score.chains.flatMap(({ chain }) => (chain.isAttack ? (chain.attackName ?? chain.task ?? '') : [])),
    ),
  )
  return [...names].map((attack) => ({
    attack,
    caught: setUps.map(({ score }) => {
      const own = score.chains.filter(({ chain }) => chain.isAttack && (chain.attackName ?? chain.task) === attack)
      const found = own.filter(({ told }) => told !== null)
      if (found.length === 0) return 'none'
      const ran = own.some(({ chain }) => chain.processes.length > 0)
      return !ran || found.some(({ processes }) => processes.named > 0) ? 'run' : 'change'
    }),
  }))
}

const marks: Readonly<Record<Caught, string>> = { run: 'with run', change: 'no run', none: '-' }

/** Lab figures: the attacks are made, and so is the telemetry. */
export function matrixText(setUps: readonly SetUpResult[]): string {
  const rows = matrixOf(setUps)
  const widths = setUps.map(({ name }) => Math.max(name.length, 8))
  const line = (head: string, cells: readonly string[]) =>
    `${head.padEnd(38)}  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 8)).join('  ')}`.trimEnd()
  const found = (caught: Caught) => setUps.map((_, i) => `${rows.filter((row) => row.caught[i] === caught).length}`)
  return [
    'lab figures: attacks made by tasktrail lab, and what each set-up of telemetry would have shown of them',
    '',
    line(
      'attack',
      setUps.map(({ name }) => name),
    ),
    ...rows.map(({ attack, caught }) =>
      line(
        attack,
        caught.map((one) => marks[one]),
      ),
    ),
    '',
    line('found with its run, or never ran', found('run')),
    line('found without its run', found('change')),
    line('not found', found('none')),
    '',
  ].join('\n')
}

export function matrixJson(setUps: readonly SetUpResult[]): string {
  const value = {
    schema: 'tasktrail.setups/1',
    origin: 'lab',
    setUps: setUps.map(({ name }) => name),
    attacks: matrixOf(setUps),
  }
  return `${JSON.stringify(value, null, 1)}\n`
}

/** A suite for each set-up; an attack that it would not have shown is a failure. */
export function matrixJunit(setUps: readonly SetUpResult[]): string {
  const rows = matrixOf(setUps)
  return junit(
    setUps.map(({ name }, i) => ({
      name: `lab: ${name}`,
      cases: rows.map(({ attack, caught }) => ({
        name: attack,
        failure: caught[i] === 'none' ? 'not found' : null,
        output: marks[caught[i] ?? 'none'],
      })),
    })),
  )
}
