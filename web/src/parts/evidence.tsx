import { useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import type { FindingJson } from '../data/source.ts'
import { moment } from '../words.ts'
import { DecodedRecord } from './record.tsx'

const artifacts: Readonly<Record<string, string>> = {
  'task-file': 'the task’s file',
  registry: 'its entry in TaskCache',
  'job-file': 'the .job file',
  'event-log': 'the log’s file',
  listing: 'a list of the host’s tasks',
}

/** Records that are listed; JSON has them all. */
const most = 400

type One = FindingJson['evidence'][number]

/** The records that prove it, by the file that they lie in; each opens to what it says. */
export function EvidenceList({ evidence, records }: { evidence: readonly One[]; records: readonly unknown[] }) {
  const { root } = useApp().source
  const files = Map.groupBy(
    evidence.slice(0, most).map((one, place) => ({ one, record: records[place] ?? null })),
    ({ one }) => one.source,
  )
  return (
    <div class="evidence">
      {root !== '' && <p class="dim">{`below ${root}`}</p>}
      {[...files].map(([file, own]) => (
        <div key={file}>
          <h3 class="mono">{file.startsWith(root) ? file.slice(root.length) : file}</h3>
          <ul>
            {own.map(({ one, record }) => (
              <Proof key={JSON.stringify(one)} one={one} record={record} />
            ))}
          </ul>
        </div>
      ))}
      {evidence.length > most && <p class="dim">{`and ${counted(evidence.length - most, 'more record')}`}</p>}
    </div>
  )
}

function Proof({ one, record }: { one: One; record: unknown }) {
  // What a record says is drawn when somebody asks for it.
  const [isOpen, setOpen] = useState(false)
  const line = (
    <>
      <span class="when">{one.time === null ? 'no time' : moment(one.time)}</span>
      {one.recordId === null ? (
        <span>{artifacts[one.artifact ?? ''] ?? one.artifact}</span>
      ) : (
        <>
          <span class="event">{one.eventId}</span>
          <span class="number">{`#${one.recordId}`}</span>
          <span class="dim">
            {one.channel}
            {one.isLate === true && ', late'}
            {one.alsoIn !== undefined && ` (in ${counted(one.alsoIn.length, 'more file')})`}
          </span>
        </>
      )}
    </>
  )
  if (record === null) return <li class="proof">{line}</li>
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="proof">{line}</summary>
        {isOpen && <DecodedRecord record={record} />}
      </details>
    </li>
  )
}
