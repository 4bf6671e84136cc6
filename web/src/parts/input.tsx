import { counted, grouped } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import type { PageData } from '../data/source.ts'
import { size } from '../words.ts'
import { Fed } from './fed.tsx'

/** What was read, what could not be, and what nobody could have seen in it. */
export function Input({ limit }: { limit?: number }) {
  const { read } = useApp().source
  return read === null ? <Fed limit={limit} /> : <Read data={read} limit={limit} />
}

function Read({ data, limit }: { data: PageData; limit: number | undefined }) {
  const { summary, blindSpots, root } = data
  const short = (text: string) => (root !== '' && text.startsWith(root) ? text.slice(root.length) : text)
  const problems = data.problems.map(short)
  const unread = summary.problems.length + summary.unlistedProblems
  const isWhole = unread === 0 && summary.skippedFiles === 0 && data.unmet === null
  return (
    <div class="input">
      <dl class="facts">
        <div>
          <dt>files</dt>
          <dd>{grouped(summary.files)}</dd>
        </div>
        <div>
          <dt>size</dt>
          <dd>{size(summary.bytes)}</dd>
        </div>
        <div>
          <dt>records</dt>
          <dd>{grouped(summary.records)}</dd>
        </div>
        <div>
          <dt>hosts</dt>
          <dd>{grouped(summary.hosts.length)}</dd>
        </div>
      </dl>
      <List
        mark="!"
        title={unread === 0 ? null : `${counted(unread, 'piece')} could not be read`}
        lines={problems}
        more={unread - problems.length}
        limit={limit}
      />
      {summary.skippedFiles > 0 && (
        <p>
          {`${counted(summary.skippedFiles, 'file')} of a kind that is not known, left alone: `}
          {summary.skipped
            .map(({ ending, count }) => `${grouped(count)} ${ending === '' ? 'without an ending' : `.${ending}`}`)
            .join(', ')}
        </p>
      )}
      <List title={blindSpots.length === 0 ? null : 'Could not be seen'} lines={blindSpots} limit={limit} mark="–" />
      <List
        title={summary.notes.length === 0 ? null : 'To know'}
        lines={summary.notes.map(({ file, text }) => `${short(file)}: ${text}`)}
        limit={limit}
        mark="·"
      />
      {isWhole && <p class="good">Everything in the files could be read.</p>}
    </div>
  )
}

function List({
  title,
  lines,
  limit,
  mark,
  more = 0,
}: {
  title: string | null
  lines: readonly string[]
  limit: number | undefined
  mark: string
  more?: number
}) {
  if (title === null) return null
  const shown =
    limit === undefined
      ? lines
      : lines.slice(0, limit).map((line) => (line.length > 150 ? `${line.slice(0, 149)}…` : line))
  const rest = lines.length - shown.length + more
  return (
    <div class="said">
      <h3>{title}</h3>
      <ul data-mark={mark}>
        {shown.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {rest > 0 && <li class="dim">{`and ${grouped(rest)} more`}</li>}
      </ul>
    </div>
  )
}
