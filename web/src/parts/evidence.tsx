import { counted } from '../../../src/model/counted.ts'
import type { FindingJson } from '../data/store.ts'
import { moment } from '../words.ts'

const artifacts: Readonly<Record<string, string>> = {
  'task-file': 'the task’s file',
  registry: 'its entry in TaskCache',
  'job-file': 'the .job file',
  'event-log': 'the log’s file',
  listing: 'a list of the host’s tasks',
}

/** Records that are listed; JSON has them all. */
const most = 400

/** The records that prove it, by the file that they lie in. */
export function EvidenceList({ evidence }: { evidence: FindingJson['evidence'] }) {
  const files = Map.groupBy(evidence.slice(0, most), ({ source }) => source)
  return (
    <div class="evidence">
      {[...files].map(([file, records]) => (
        <div key={file}>
          <h3 class="mono">{file}</h3>
          <table>
            <colgroup>
              <col class="when" />
              <col class="event" />
              <col class="record" />
              <col />
            </colgroup>
            <thead class="visually-hidden">
              <tr>
                <th scope="col">time</th>
                <th scope="col">event</th>
                <th scope="col">record</th>
                <th scope="col">log</th>
              </tr>
            </thead>
            <tbody>
              {records.map((one) => (
                <tr key={JSON.stringify(one)}>
                  <td>{one.time === null ? 'no time' : moment(one.time)}</td>
                  {one.recordId === null ? (
                    <td colSpan={3}>{artifacts[one.artifact ?? ''] ?? one.artifact}</td>
                  ) : (
                    <>
                      <td>{one.eventId}</td>
                      <td>{`#${one.recordId}`}</td>
                      <td class="dim">
                        {one.channel}
                        {one.isLate === true && ', late'}
                        {one.alsoIn !== undefined && ` (in ${counted(one.alsoIn.length, 'more file')})`}
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {evidence.length > most && <p class="dim">{`and ${counted(evidence.length - most, 'more record')}`}</p>}
    </div>
  )
}
