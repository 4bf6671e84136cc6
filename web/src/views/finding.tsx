import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../app-context.ts'
import type { FindingJson, PageFinding, Row } from '../data/store.ts'
import { exported } from '../export.ts'
import { Containment } from '../parts/containment.tsx'
import { Definition } from '../parts/definition.tsx'
import { Elsewhere } from '../parts/elsewhere.tsx'
import { EvidenceList } from '../parts/evidence.tsx'
import { FileSays } from '../parts/process-tree.tsx'
import { ScoreBar } from '../parts/score-bar.tsx'
import { CopyButton, HostLink, ScopeLink, Section, Severity, severityOf } from '../parts/small.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { linkTo } from '../route.ts'
import { clock, verdictWords } from '../words.ts'

export function FindingView({ id }: { id: string }) {
  const { store, chosen, choose } = useApp()
  const row = store.rowOf(id)
  const [finding, setFinding] = useState<PageFinding | null | 'damaged'>(null)
  useEffect(() => {
    let isWanted = true
    setFinding(null)
    if (row)
      store.finding(row.number).then(
        (found) => isWanted && setFinding(found ?? 'damaged'),
        () => isWanted && setFinding('damaged'),
      )
    return () => {
      isWanted = false
    }
  }, [store, row])
  if (!row)
    return (
      <p class="empty">
        No finding of this page has the id {id}. <a href={linkTo(['findings'])}>All findings</a>
      </p>
    )
  const alike = store.rows.filter((other) => other.alike === row.alike && other.number !== row.number)
  const [before, after] = [store.rows[row.number - 1], store.rows[row.number + 1]]
  return (
    <div class="finding-view">
      <header class="finding-head">
        <p class="eyebrow">
          <Severity name={severityOf(row)} />
          <span class="bits">{`${row.bits.toFixed(1)} bits`}</span>
          <span>{row.kind === 'log-cleared' ? 'log cleared' : (verdictWords[row.verdict] ?? row.verdict)}</span>
          <span class="spacer" />
          {before && <a href={linkTo(['finding', before.id])}>previous</a>}
          {after && <a href={linkTo(['finding', after.id])}>next</a>}
          <label class="check">
            <input
              type="checkbox"
              checked={chosen.has(row.number)}
              onChange={() => choose([row.number], !chosen.has(row.number))}
            />{' '}
            choose
          </label>
          <CopyButton text={() => exported(store, [row], 'markdown')} says="Copy as Markdown" />
        </p>
        <h1 class="mono">{row.title}</h1>
        <p class="lead">
          <HostLink host={row.host} /> <time>{clock(row.time)}</time> {row.gist}
        </p>
        {alike.length > 0 && <Alike rows={alike} />}
      </header>
      {finding === 'damaged' && <p class="warn">This finding cannot be unpacked: the file of the page is damaged.</p>}
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
              <Elsewhere row={row} finding={finding} />
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

function Alike({ rows }: { rows: readonly Row[] }) {
  const hosts = [...new Set(rows.map(({ host }) => host))]
  return (
    <details class="alike">
      <summary>{`The same ${rows.length === 1 ? 'once more' : `${rows.length} times more`}, on ${hosts.length === 1 ? 'one host' : `${hosts.length} hosts`}`}</summary>
      <ul>
        {rows.slice(0, 200).map((row) => (
          <li key={row.id}>
            <a href={linkTo(['finding', row.id])}>{clock(row.time)}</a> <HostLink host={row.host} />
          </li>
        ))}
        {rows.length > 200 && <li class="dim">{`and ${rows.length - 200} more`}</li>}
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
