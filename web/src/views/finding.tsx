import { useEffect, useState } from 'preact/hooks'
import type { FindingPlace } from '../../../src/report/page/answers/questions.ts'
import { useAnswer, useApp } from '../app-context.ts'
import type { FindingJson, PageFinding, Row } from '../data/source.ts'
import { exported } from '../export.ts'
import { Containment } from '../parts/containment.tsx'
import { Definition } from '../parts/definition.tsx'
import { Elsewhere } from '../parts/elsewhere.tsx'
import { EvidenceList } from '../parts/evidence.tsx'
import { FileSays } from '../parts/process-tree.tsx'
import { ScoreBar } from '../parts/score-bar.tsx'
import { CopyButton, HostLink, ScopeLink, Section, Severity, severityOf, Waiting } from '../parts/small.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { go, linkTo } from '../route.ts'
import { clock, verdictWords } from '../words.ts'

export function FindingView({ id }: { id: string }) {
  const { source, version, chosen, choose } = useApp()
  const place = useAnswer({ ask: 'finding', id })
  const [finding, setFinding] = useState<PageFinding | null | 'damaged'>(null)
  useEffect(() => setFinding(null), [source, id])
  useEffect(() => {
    let isWanted = true
    source.finding(id).then(
      (found) => isWanted && setFinding(found ?? 'damaged'),
      () => isWanted && setFinding('damaged'),
    )
    return () => {
      isWanted = false
    }
  }, [source, id, version])
  if (place === null && finding === null) return <Waiting />
  if (place === null)
    return finding === null || finding === 'damaged' ? (
      <p class="empty">
        No finding of this page has the id {id}. <a href={linkTo(['findings'])}>All findings</a>
      </p>
    ) : (
      <Unlisted id={id} finding={finding} />
    )
  const { row, before, after, alike } = place
  return (
    <div class="finding-view">
      <header class="finding-head">
        <p class="eyebrow">
          <Severity name={severityOf(row)} />
          <span class="bits">{`${row.bits.toFixed(1)} bits`}</span>
          <span>{row.kind === 'log-cleared' ? 'log cleared' : (verdictWords[row.verdict] ?? row.verdict)}</span>
          <span class="spacer" />
          {before !== null && <a href={linkTo(['finding', before])}>previous</a>}
          {after !== null && <a href={linkTo(['finding', after])}>next</a>}
          <label class="check">
            <input type="checkbox" checked={chosen.has(id)} onChange={() => choose([id], !chosen.has(id))} /> choose
          </label>
          <CopyButton text={() => exported(source, [id], 'markdown')} says="Copy as Markdown" />
        </p>
        <h1 class="mono">{row.title}</h1>
        <p class="lead">
          <HostLink host={row.host} /> <time>{clock(row.time)}</time> {row.gist}
        </p>
        {alike.count > 0 && <Alike {...alike} />}
      </header>
      {finding === 'damaged' && <p class="warn">This finding cannot be read: the page or its source is damaged.</p>}
      {finding !== null && finding !== 'damaged' && (
        <div class="columns story">
          <div>
            <Section title="What happened">
              <Timeline finding={finding} />
            </Section>
            <Section title="Why it stands out">
              <ScoreBar score={finding.score} />
            </Section>
            {row.kind !== 'log-cleared' && (
              <Section title="The task">
                <Definition finding={finding} />
              </Section>
            )}
            <Section title="Where else">
              <Elsewhere id={id} finding={finding} />
            </Section>
            <Section title="Contain it" id="contain">
              <Containment finding={finding} />
            </Section>
            <Section title="Evidence">
              <EvidenceList evidence={finding.evidence} records={finding.records ?? []} />
            </Section>
          </div>
          <aside class="glance" aria-label="at a glance">
            <Glance row={row} finding={finding} />
          </aside>
        </div>
      )}
    </div>
  )
}

/** A finding that is in no list: it was withdrawn, has another id by now, or is ordinary. */
function Unlisted({ id, finding }: { id: string; finding: PageFinding & { readonly withdrawn?: string } }) {
  const { host, task, withdrawn, score } = finding
  useEffect(() => {
    if (finding.id !== id) go(linkTo(['finding', finding.id]), true)
  }, [finding.id, id])
  return (
    <div class="finding-view">
      <header class="finding-head">
        <h1 class="mono">{task.path ?? finding.kind}</h1>
        <p class="lead">
          <HostLink host={host} />
        </p>
        <p class="warn">
          {withdrawn === undefined
            ? 'It is ordinary, and stands in no list.'
            : `It was withdrawn and stands in no list any more: ${withdrawn}.`}
        </p>
      </header>
      <Section title="What happened">
        <Timeline finding={finding} />
      </Section>
      <Section title="Why it stands out">
        <ScoreBar score={score} />
      </Section>
      <Section title="Evidence">
        <EvidenceList evidence={finding.evidence} records={finding.records ?? []} />
      </Section>
    </div>
  )
}

function Alike({ count, hosts, rows }: FindingPlace['alike']) {
  return (
    <details class="alike">
      <summary>{`The same ${count === 1 ? 'once more' : `${count} times more`}, on ${hosts === 1 ? 'one host' : `${hosts} hosts`}`}</summary>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <a href={linkTo(['finding', row.id])}>{clock(row.time)}</a> <HostLink host={row.host} />
          </li>
        ))}
        {count > rows.length && <li class="dim">{`and ${count - rows.length} more`}</li>}
      </ul>
    </details>
  )
}

function Glance({ row, finding }: { row: Row; finding: FindingJson }) {
  const { change, attack, baseline, formerIds, partOf } = finding
  return (
    <dl class="glance-lines">
      <Item name="host">
        <HostLink host={row.host} />
      </Item>
      {row.user !== null && (
        <Item name="who">
          <ScopeLink of="user" value={row.user} />
        </Item>
      )}
      {row.origin !== null && (
        <Item name="from">
          <ScopeLink of="origin" value={row.origin} />
        </Item>
      )}
      {row.route !== null && <Item name="through">{row.route}</Item>}
      {change && <Item name="attribution">{change.confidence}</Item>}
      {row.action !== null && (
        <Item name="starts">
          <ScopeLink of="action" value={row.action}>
            <code>{row.action.length > 160 ? `${row.action.slice(0, 159)}…` : row.action}</code>
          </ScopeLink>
        </Item>
      )}
      {finding.task.payload
        .filter(({ hashes, signature }) => hashes !== null || signature.status !== 'unknown')
        .map(({ path, hashes, signature }) => (
          <Item key={path} name="file">
            <code>{path}</code> <FileSays hashes={hashes} signature={signature} />
          </Item>
        ))}
      {row.programs.length > 0 && (
        <Item name="ran">
          {row.programs.slice(0, 12).map((program) => (
            <span key={program} class="program">
              <ScopeLink of="program" value={program} />
            </span>
          ))}
        </Item>
      )}
      <Item name="ATT&CK">
        {attack.techniques.join(', ')}
        <span class="dim"> {attack.analytic}</span>
      </Item>
      {baseline !== null && <Item name="baseline">{baseline.id}</Item>}
      {partOf !== null && (
        <Item name="part of">
          <a href={linkTo(['finding', partOf])}>{partOf}</a>
        </Item>
      )}
      <Item name="id">
        <code>{row.id}</code>
        {formerIds.length > 0 && <span class="dim">{` formerly ${formerIds.join(', ')}`}</span>}
      </Item>
    </dl>
  )
}

const Item = ({ name, children }: { name: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
