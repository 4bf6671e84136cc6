import { attack } from '../../model/attack.ts'
import type { ChangeKind } from '../../model/chain.ts'
import { excerpt } from '../../model/cut-text.ts'
import type { ScoredChain, Severity } from '../../model/finding.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import { jsonLine } from '../clean.ts'
import { findingJson } from '../finding-json.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf } from '../shown.ts'
import { type ToldFinding, toldOf } from '../told.ts'
import { techniqueOf } from './attack.ts'
import { accountParts, actorOf, addressOf, baseName, brief, processesOf, sentenceOf } from './gist.ts'

/** Of the Elastic Common Schema. Source: https://www.elastic.co/docs/reference/ecs/ecs-field-reference */
export const ecsVersion = '9.4.0'

/** As Elastic's rules number their severities. */
const severityNumbers: Readonly<Record<Severity, number>> = {
  informational: 1,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
}

const types: Readonly<Record<ChangeKind, 'creation' | 'change' | 'deletion'>> = {
  created: 'creation',
  modified: 'change',
  tampered: 'change',
  enabled: 'change',
  disabled: 'change',
  deleted: 'deletion',
}

/** One alert document a line; the whole finding stands under `tasktrail`. */
export function* ecsLines(result: ScanResult, options: ReportOptions): Iterable<string> {
  const { inputs, tally } = result
  for (const scored of shownOf(result, options))
    yield `${jsonLine({ ...ecsAlert(scored, tally.last), tasktrail: findingJson(scored, inputs) })}\n`
}

/** One finding as an alert, without `tasktrail`. `last`: the moment that stands for one of which nothing says when it was. */
export function ecsAlert(scored: ScoredChain, last: Instant | null) {
  const told = toldOf(scored)
  const { chain, score } = told
  const actor = actorOf(chain)
  const address = addressOf(actor)
  const [payload] = chain.payload
  const ip = address !== null && /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i.test(address) ? address : null
  const lastRun = chain.runSummary?.last ?? chain.runs.at(-1)
  const isTimed = chain.at.time !== 0
  const ran = chain.runs.length > 0
  const at = isTimed ? chain.at : last
  return {
    '@timestamp': formatInstant(at ?? { time: 0, ticks: 0 }),
    ecs: { version: ecsVersion },
    message: sentenceOf(told),
    tags: ['tasktrail', chain.kind],
    event: {
      kind: 'alert',
      category: ran ? ['configuration', 'process'] : ['configuration'],
      type: [...(chain.change ? [types[chain.change.kind]] : []), ...(ran ? ['start'] : chain.change ? [] : ['info'])],
      action: chain.change ? `scheduled-task-${chain.change.kind}` : chain.kind,
      outcome: chain.change?.outcome === 'attempted' ? 'unknown' : 'success',
      id: chain.id,
      provider: 'tasktrail',
      module: 'tasktrail',
      dataset: 'tasktrail.finding',
      severity: severityNumbers[score.severity],
      risk_score: score.bits,
      reason: score.factors.map(({ says }) => says).join(' '),
      ...(isTimed ? { start: formatInstant(chain.at) } : {}),
      ...(isTimed && lastRun ? { end: formatInstant(lastRun) } : {}),
    },
    rule: {
      id: attack.analytic.id,
      name: attack.analytic.name,
      version: attack.analytic.version,
      description: attack.analytic.description,
      ruleset: attack.strategy.id,
      reference: attack.strategy.url,
    },
    threat: threatOf(scored),
    ...(chain.host === '' ? {} : { host: { name: chain.host, hostname: chain.host, os: { type: 'windows' } } }),
    ...(actor && (actor.user !== null || actor.sid !== null) ? { user: userOf(actor) } : {}),
    ...(actor?.process ? { process: makerOf(actor.process) } : {}),
    ...(address === null ? {} : { source: { address, ...(ip === null ? { domain: address } : { ip }) } }),
    ...(payload
      ? { file: { path: payload.path, name: baseName(payload.path), ...hashOf(payload.file?.sha256 ?? null) } }
      : {}),
    related: relatedOf(told, ip),
  }
}

function threatOf(scored: ScoredChain): object {
  const all = techniqueOf(scored)
  return {
    framework: 'MITRE ATT&CK',
    technique: {
      id: all.map(({ id, parent }) => parent?.id ?? id),
      name: all.map(({ name, parent }) => parent?.name ?? name),
      subtechnique: {
        id: all.filter(({ parent }) => parent !== null).map(({ id }) => id),
        name: all.filter(({ parent }) => parent !== null).map(({ name }) => name),
      },
    },
  }
}

/** The most that cmd.exe takes: a longer line stands whole in the finding beside it. */
const longestCommand = 8_191

type Maker = NonNullable<NonNullable<ReturnType<typeof actorOf>>['process']>

function userOf({ user, sid }: { readonly user: string | null; readonly sid: string | null }): object {
  const parts = user === null ? null : accountParts(user)
  return {
    ...(parts ? { name: parts.name } : {}),
    ...(parts?.domain ? { domain: parts.domain } : {}),
    ...(sid === null ? {} : { id: sid }),
  }
}

function makerOf({ ancestry: [parent], ...process }: Maker): object {
  return {
    ...processOf(process),
    ...(parent
      ? { parent: processOf({ ...parent, commandLine: parent.commandLine && brief(parent.commandLine) }) }
      : {}),
  }
}

const processOf = ({ pid, image, commandLine }: Omit<Maker, 'ancestry'>): object => ({
  pid,
  ...(image === null ? {} : { executable: image, name: baseName(image) }),
  ...(commandLine === null ? {} : { command_line: excerpt(commandLine, longestCommand) }),
})

const hashOf = (sha256: string | null): object => (sha256 === null ? {} : { hash: { sha256 } })

/** Values by which other documents are found. */
function relatedOf({ chain }: ToldFinding, ip: string | null): object {
  const files = [...chain.payload.map(({ file }) => file), ...processesOf(chain).map(({ file }) => file)]
  const hashes = new Set(files.flatMap((file) => [file?.md5, file?.sha1, file?.sha256].filter((hash) => hash != null)))
  const users = new Set(
    [actorOf(chain)?.user, ...processesOf(chain).map(({ user }) => user)].filter((one) => one != null),
  )
  return {
    hosts: chain.host === '' ? [] : [chain.host],
    user: [...users].sort(),
    ip: [
      ...new Set([
        ...(ip === null ? [] : [ip]),
        ...processesOf(chain).flatMap(({ outside }) => outside?.address ?? []),
      ]),
    ],
    hash: [...hashes].sort(),
  }
}
