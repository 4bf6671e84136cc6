import { attack, mutableElements } from '../model/attack.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { Settings } from '../model/settings.ts'
import { jsonLine } from './clean.ts'
import type { ToldFinding } from './told.ts'
import { wrap } from './wrap.ts'

/** What every finding says of ATT&CK: which analytic found it, as it was released, and how it is set. */
export const attackJson = (scored: ScoredChain) => ({
  analytic: attack.analytic.id,
  analyticVersion: attack.analytic.version,
  release: attack.release,
  strategy: attack.strategy.id,
  techniques: techniquesOf(scored),
  logSources: attack.logSources.map(({ name, channel }) => `${name} ${channel}`),
  mutableElements: Object.fromEntries(mutableElements(scored.settings).map(({ field, setTo }) => [field, setTo])),
  notice: attack.notice,
})

/** Technique ids of ATT&CK: T1053.002 At, T1053.005 Scheduled Task, T1070.001 Clear Windows Event Logs. */
export function techniquesOf({ chain }: ScoredChain | ToldFinding): string[] {
  if (chain.kind === 'log-cleared') return ['T1070.001']
  return [chain.change?.route === 'at' ? 'T1053.002' : 'T1053.005']
}

const line = (label: string, text: string): string[] => wrap(text, { first: label.padEnd(12), rest: ' '.repeat(12) })

function* attackText(settings: Settings | null): Iterable<string> {
  const { analytic, strategy, techniques, logSources } = attack
  const lines = [
    ...line(
      'analytic',
      `${analytic.id} version ${analytic.version}, of ATT&CK Enterprise ${attack.release}: ${analytic.description}`,
    ),
    ...line('strategy', `${strategy.id} version ${strategy.version}: ${strategy.name}, ${strategy.url}`),
    ...techniques.flatMap(({ id, name }, index) => line(index === 0 ? 'techniques' : '', `${id} ${name}`)),
    ...logSources.flatMap(({ name, channel }, index) => line(index === 0 ? 'log sources' : '', `${name} ${channel}`)),
    ...line('', 'and what docs/events.md lists beyond them'),
    'mutable elements',
    ...mutableElements(settings).flatMap(({ field, description, setTo, here }) =>
      wrap(`${field} (${description}): ${setTo}. ${here}`, { first: '  ', rest: '    ' }),
    ),
    '',
    ...wrap(attack.notice, { first: '', rest: '' }),
    ...wrap(attack.license, { first: '', rest: '' }),
    attack.terms,
  ]
  yield `${lines.join('\n')}\n`
}

function* attackDocument(settings: Settings | null): Iterable<string> {
  const elements = mutableElements(settings)
  yield `${jsonLine({ schema: 'tasktrail.attack/1', ...attack, mutableElements: elements, settings: settings && { id: settings.id } })}
`
}

/** Forms in which the analytic is told. */
export const attackFormats = { text: attackText, json: attackDocument } as const
export type AttackFormat = keyof typeof attackFormats
