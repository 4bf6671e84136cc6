import { formatInstant } from '../../model/time.ts'
import { jsonLine, scantEcs } from '../../report/index.ts'
import type { Message } from './targets/target.ts'

/** The form of an alert; names and meanings under this id do not change. */
export const alertSchema = 'tasktrail.alert/1'

/** A document is no longer than this: what receivers of JSON take by default. */
export const longestDocument = 1 << 20

/** What is left out first of a document that would be too long. */
const dispensable = ['text', 'finding'] as const

/** An alert with the whole story, as JSON on one line, within so many bytes. */
export function alertDocument(message: Message, longest: number = longestDocument): string {
  const leftOut: string[] = []
  for (;;) {
    const line = jsonLine(alertJson(message, leftOut))
    const next = dispensable[leftOut.length]
    if (next === undefined || Buffer.byteLength(line) <= longest) return line
    leftOut.push(next)
  }
}

function alertJson(message: Message, leftOut: readonly string[]): object {
  const { head, story, attempt } = message
  const { id, alert, sequence, reason, host, title, severity, verdict, before, withdrawn } = head
  const kept = (name: (typeof dispensable)[number]) => (leftOut.includes(name) ? null : (story?.[name] ?? null))
  return {
    schema: alertSchema,
    ...{ id, alert, sequence, reason, attempt, redelivery: attempt > 1 },
    time: timeText(head.time),
    ...{ severity, verdict, before, withdrawn, host, title },
    findingId: head.finding,
    summary: summaryOf(message),
    text: kept('text'),
    finding: kept('finding'),
    leftOut: dispensable.filter((name) => kept(name) === null),
  }
}

const timeText = (time: number): string => formatInstant({ time, ticks: 0 })

/** What happened, in one sentence. */
export function summaryOf({ head, story }: Message): string {
  const what = story?.summary ?? `${head.title} on ${head.host === '' ? 'a host without a name' : head.host}`
  return head.withdrawn === null ? what : `Withdrawn (${head.withdrawn}): ${what}`
}

/** The same as a document of the Elastic Common Schema. The alert stands beside the finding under `tasktrail`. */
export function ecsDocument(message: Message): string {
  const { head, story } = message
  const { id, alert, sequence, reason, before, withdrawn } = head
  const document = story?.ecs ?? scantEcs({ id: head.finding, host: head.host }, { time: head.time, ticks: 0 })
  const tasktrail = {
    ...(story?.finding ?? { id: head.finding, host: head.host, verdict: head.verdict }),
    alert: { id, alert, sequence, reason, before, withdrawn, title: head.title },
  }
  return jsonLine({
    ...document,
    message: summaryOf(message),
    event: { ...document.event, created: timeText(head.time) },
    tasktrail,
  })
}
