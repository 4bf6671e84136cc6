import { attack } from '../../model/attack.ts'
import { counted } from '../../model/counted.ts'
import { type ScoredChain, severities } from '../../model/finding.ts'
import { jsonLine } from '../clean.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf, worstFirst } from '../shown.ts'
import { techniqueOf } from './attack.ts'

/** Findings that a technique's comment names. */
const namedIds = 20
/** Bits at which the colour is full: well above what makes a finding critical. */
const fullBits = 30

/**
 * One layer for ATT&CK Navigator: the techniques that were found, each by the bits of its worst finding.
 * Source: https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export function* navigatorLayer(result: ScanResult, options: ReportOptions): Iterable<string> {
  const found = new Map<string, { name: string; chains: ScoredChain[] }>()
  for (const scored of shownOf(result, options)) {
    for (const { id, name } of techniqueOf(scored)) {
      const known = found.get(id)
      if (known) known.chains.push(scored)
      else found.set(id, { name, chains: [scored] })
    }
  }
  const layer = {
    name: 'tasktrail',
    versions: { attack: attack.release.split('.')[0], navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: `Scheduled tasks on ${counted(result.tally.hosts.length, 'host')}: by analytic ${attack.analytic.id}, each technique by the bits of its worst finding.`,
    filters: { platforms: ['Windows'] },
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    hideDisabled: false,
    techniques: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { chains }]) => technique(id, chains)),
    gradient: { colors: ['#ffffff', '#ff6666'], minValue: 0, maxValue: fullBits },
    legendItems: [],
    metadata: [{ name: 'analytic', value: attack.analytic.id }],
    links: [{ label: attack.strategy.id, url: attack.strategy.url }],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  }
  yield `${jsonLine(layer)}\n`
}

function technique(techniqueID: string, chains: readonly ScoredChain[]): object {
  const worst = worstFirst(chains)
  const hosts = new Set(chains.map(({ chain }) => chain.host))
  const numbers = severities.toReversed().flatMap((severity) => {
    const n = chains.filter(({ score }) => score.severity === severity).length
    return n === 0 ? [] : [`${n} ${severity}`]
  })
  const ids = worst.slice(0, namedIds).map(({ chain }) => chain.id)
  return {
    techniqueID,
    score: Math.max(0, Math.round(worst[0]?.score.bits ?? 0)),
    comment: `${counted(chains.length, 'finding')} on ${counted(hosts.size, 'host')}: ${numbers.join(', ')}`,
    enabled: true,
    showSubtechniques: true,
    metadata: [
      { name: 'findings, the worst first', value: `${ids.join(', ')}${chains.length > namedIds ? ', …' : ''}` },
    ],
  }
}
