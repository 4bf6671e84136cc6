import { attack } from '../model/attack.ts'
import { counted } from '../model/counted.ts'
import { type FleetCoverageReport, gradeNames, grades, type HostCoverageReport } from '../model/coverage-report.ts'
import { jsonLine } from './clean.ts'

/** What a grade is worth on the layer, 0 to 100: linking what ran to the change is what the analytic is for. */
const worth = [100, 70, 45, 25, 0] as const

/** The techniques of the analytic with their tests' numbers. */
const techniques = ['T1053.002', 'T1053.005'] as const

/**
 * A layer for ATT&CK Navigator: how well the techniques could be seen, over all hosts.
 * Source: https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export function* coverageLayer({ hosts }: FleetCoverageReport): Iterable<string> {
  const layer = {
    name: 'Scheduled tasks: coverage',
    versions: { attack: attack.release.split('.')[0], navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: `What the telemetry of ${counted(hosts.length, 'host')} could have shown of scheduled tasks`,
    filters: { platforms: ['Windows'] },
    sorting: 3,
    hideDisabled: false,
    techniques: techniques.map((techniqueID) => techniqueOf(techniqueID, hosts)),
    gradient: { colors: ['#ff6666', '#ffe766', '#8ec843'], minValue: 0, maxValue: 100 },
    legendItems: Object.values(grades).map((label, i) => ({ label: `${label}: ${worth[i]}`, color: '#dddddd' })),
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  }
  yield `${jsonLine(layer)}\n`
}

function techniqueOf(techniqueID: string, hosts: readonly HostCoverageReport[]): object {
  const scores = hosts.map((host) => (worth[gradeNames.indexOf(host.grade)] ?? 0) * shareOfTests(techniqueID, host))
  const score = hosts.length === 0 ? 0 : Math.round(scores.reduce((a, b) => a + b, 0) / hosts.length)
  const counts = gradeNames.map((grade) => ({
    name: grades[grade],
    value: counted(hosts.filter((host) => host.grade === grade).length, 'host'),
  }))
  return {
    techniqueID,
    score,
    metadata: [...counts, ...testsOf(techniqueID, hosts)],
  }
}

/** The share of the technique's tests that the host could have shown. */
function shareOfTests(techniqueID: string, { tests }: HostCoverageReport): number {
  const own = Object.entries(tests).filter(([test]) => test.startsWith(`${techniqueID}-`))
  return own.length === 0 ? 1 : own.filter(([, visible]) => visible === 'seen').length / own.length
}

function testsOf(techniqueID: string, hosts: readonly HostCoverageReport[]): { name: string; value: string }[] {
  const tests = Object.keys(hosts[0]?.tests ?? {}).filter((test) => test.startsWith(`${techniqueID}-`))
  return tests.map((test) => ({
    name: `Atomic test ${test}`,
    value: `visible on ${hosts.filter((host) => host.tests[test] === 'seen').length} of ${counted(hosts.length, 'host')}`,
  }))
}
