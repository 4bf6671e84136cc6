import { counted } from '../model/counted.ts'
import { type CaseResult, isAsExpected, type Outcome } from './cases.ts'
import { junit } from './junit.ts'

const says: Readonly<Record<Outcome, string>> = {
  'found-with-run': 'found with its run',
  'found-without-run': 'found without a run',
  'not-found': 'NOT FOUND',
}

const clean = (line: string): string => line.replace(/\p{C}/gu, '\ufffd')

const nameOf = ({ expected }: CaseResult): string => `${expected.name} on ${expected.host}`

/** What is other than expected, and why. */
function shortcomings({ expected, outcome, told, routeIsRight, because }: CaseResult): string[] {
  return [
    ...(routeIsRight === false ? [`through ${told?.change?.route ?? 'unknown'}, expected ${expected.route}`] : []),
    ...(expected.ran === false && outcome === 'found-with-run' ? ['it ran, which was not expected'] : []),
    ...because,
  ]
}

export function casesText(results: readonly CaseResult[]): string {
  const lines: string[] = []
  for (const result of results) {
    const { told } = result
    const found =
      told === null
        ? ''
        : `: ${told.task ?? '(no task)'}, ${told.severity} ${told.bits.toFixed(1)}, ${told.verdict}, id ${told.id}`
    lines.push(`${isAsExpected(result) ? 'ok   ' : 'SHORT'} ${nameOf(result)}: ${says[result.outcome]}${found}`)
    for (const one of shortcomings(result)) lines.push(`        ${one}`)
  }
  const count = (outcome: Outcome) => results.filter((one) => one.outcome === outcome).length
  lines.push(
    '',
    `${counted(results.length, 'case')}: ${count('found-with-run')} found with their run, ${count('found-without-run')} found without, ${count('not-found')} not found`,
  )
  return `${lines.map(clean).join('\n')}\n`
}

export function casesJson(results: readonly CaseResult[]): string {
  const cases = results.map((result) => ({
    name: result.expected.name,
    host: result.expected.host,
    outcome: result.outcome,
    asExpected: isAsExpected(result),
    routeIsRight: result.routeIsRight,
    finding: result.told && {
      id: result.told.id,
      task: result.told.task,
      severity: result.told.severity,
      bits: result.told.bits,
      verdict: result.told.verdict,
      route: result.told.change?.route ?? null,
    },
    because: result.because,
  }))
  return `${JSON.stringify({ schema: 'tasktrail.validation/1', cases }, null, 1)}\n`
}

export function casesJunit(results: readonly CaseResult[]): string {
  const cases = results.map((result) => ({
    name: nameOf(result),
    failure: isAsExpected(result) ? null : [says[result.outcome], ...shortcomings(result)].join('; '),
    output: result.told === null ? says[result.outcome] : `${says[result.outcome]}, finding ${result.told.id}`,
  }))
  return junit([{ name: 'validation', cases }])
}
