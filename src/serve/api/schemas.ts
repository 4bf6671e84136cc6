import { z } from 'zod'
import { severities } from '../../model/finding.ts'

// What can be asked and what is answered. The OpenAPI document is made from these, and so cannot say anything else.

const time = z.iso.datetime().nullable().meta({ description: 'ISO 8601, UTC; null: not known' })
const count = z.int().nonnegative()
const verdicts = ['outlier', 'ordinary', 'not-run', 'run-not-visible'] as const

/** A moment of a query: `2026-03-10`, `2026-03-10T12:00`, `2026-03-10T12:00:00Z`; UTC where it does not say. */
const moment = z
  .string()
  .max(40)
  .refine((text) => Number.isFinite(momentOf(text)), 'no time: say it as 2026-03-10T12:00:00Z')
  .transform(momentOf)
  .meta({ description: 'A time, UTC where it does not say: 2026-03-10T12:00:00Z' })

function momentOf(text: string): number {
  return Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) || /Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
}

const flag = z
  .enum(['true', 'false'])
  .transform((said) => said === 'true')
  .meta({ description: 'true or false' })

/** Of a list: how many at once, and where the one before ended. */
const page = (most: number, usual: number) => ({
  limit: z.coerce.number().int().min(1).max(most).default(usual),
  cursor: z.string().min(1).max(500).optional().meta({ description: '`next` of the page before' }),
})

const listOf = <T extends z.ZodType<unknown, string>>(one: T, most: number, says: string) =>
  z
    .string()
    .max(most * 100)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(one).min(1).max(most))
    .meta({ description: `${says}, with commas between them` })

const name = z.string().min(1).max(300)

export const findingsQuery = z.strictObject({
  ...page(1_000, 100),
  all: flag.default(false).meta({ description: 'true: also chains that are no findings' }),
  id: listOf(z.string(), 100, 'ids').optional(),
  severity: listOf(z.enum(severities), 5, `of ${severities.join(', ')}`).optional(),
  minSeverity: z.enum(severities).optional(),
  host: name.optional().meta({ description: 'The full name, or its first label' }),
  verdict: z.enum(verdicts).optional(),
  kind: z.enum(['chain', 'tampering', 'log-cleared', 'hidden-task', 'reconciliation']).optional(),
  task: name.optional().meta({ description: 'Part of the task’s name' }),
  q: z.string().max(500).optional().meta({ description: 'Words that must all be there' }),
  since: moment.optional(),
  until: moment.optional(),
  withdrawn: z.enum(['without', 'with', 'only']).default('without'),
  order: z.enum(['newest', 'ended', 'worst', 'changed']).default('newest').meta({
    description: 'By the change, by the last thing known, by severity and bits, or as they were written last (rising)',
  }),
})

/** A finding and how it stands at the service; the finding itself has its own schema. */
export const finding = z
  .looseObject({
    schema: z.literal('tasktrail.finding/1'),
    id: z.string(),
    revision: z.strictObject({
      change: count.meta({ description: 'Counts on with everything that changes in any finding' }),
      facts: count.meta({ description: 'Facts of its host that were used' }),
      newest: time,
      first: time.meta({ description: 'When it was written first' }),
      written: time,
    }),
    withdrawn: z.string().optional().meta({ description: 'Why it does not stand any more' }),
  })
  .meta({ id: 'Finding' })

const next = z.string().nullable().meta({ description: 'To be asked for with `cursor`; null: there is no more' })

export const findingsAnswer = z.strictObject({ findings: z.array(finding), next }).meta({ id: 'Findings' })

export const idParams = z.strictObject({ id: z.string().min(1).max(64) })
export const hostParams = z.strictObject({ host: z.string().min(1).max(255) })
export const nothing = z.strictObject({})

export const recordsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(400).default(100),
  cursor: z.coerce.number().int().min(0).default(0).meta({ description: '`next` of the page before' }),
})

export const recordsAnswer = z
  .strictObject({
    finding: z.string(),
    records: z.array(
      z.strictObject({
        evidence: z.looseObject({ source: z.string() }).meta({ description: 'As in the finding’s `evidence`' }),
        text: z.string().nullable().meta({ description: 'As it was sent, where that is text' }),
        base64: z.string().nullable().meta({ description: 'As it was sent, where that is not text' }),
        decoded: z.unknown().meta({ description: 'What it says, where it was sent as JSON' }),
      }),
    ),
    next: count.nullable(),
  })
  .meta({ id: 'Records' })

export const eventsQuery = z.strictObject({
  all: flag.default(false).meta({ description: 'true: also of chains that are no findings' }),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'the number of a change')
    .transform(Number)
    .optional()
    .meta({ description: 'As the header Last-Event-ID: the last change that is known' }),
})

const states = ['hearing', 'stopped'] as const

const host = z
  .strictObject({
    host: z.string(),
    role: z.string().nullable(),
    state: z.enum(states),
    first: time,
    last: time,
    arrived: time,
    records: count,
    late: count.meta({ description: 'Facts of it that came later than the state reaches back' }),
  })
  .meta({ id: 'Host' })

export const hostsQuery = z.strictObject({
  ...page(1_000, 100),
  text: name.optional().meta({ description: 'Part of the name' }),
  state: z.enum(states).optional(),
})
export const hostsAnswer = z.strictObject({ hosts: z.array(host), next }).meta({ id: 'Hosts' })
export const hostAnswer = host
  .extend({
    findings: z.record(z.string(), count).meta({ description: 'That stand, by severity' }),
    notices: z.array(z.lazy(() => notice)),
  })
  .meta({ id: 'HostWithNotices' })

export const coverageQuery = z.strictObject({ ...page(2_000, 1_000), host: name.optional() })
export const coverageAnswer = z
  .looseObject({ schema: z.literal('tasktrail.coverage/1'), hosts: z.array(z.looseObject({ name: z.string() })), next })
  .meta({ id: 'Coverage', description: 'As `tasktrail coverage --format json`, of the hosts of one page' })

const notice = z
  .strictObject({ id: count, time, host: z.string().nullable(), kind: z.string(), text: z.string() })
  .meta({ id: 'Notice' })

export const noticesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.coerce.number().int().min(1).optional().meta({ description: '`next` of the page before' }),
  host: name.optional(),
  kind: name.optional(),
})
export const noticesAnswer = z
  .strictObject({ notices: z.array(notice), next: count.nullable() })
  .meta({ id: 'Notices', description: 'The newest first' })

export const sourcesAnswer = z
  .strictObject({
    sources: z.array(
      z.strictObject({
        name: z.string(),
        records: count,
        facts: count,
        bytes: count,
        arrived: time,
        newest: time,
        problems: z.array(z.strictObject({ code: z.string(), count, first: time, last: time, reason: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Sources', description: 'Counts since the service was started; problems since its store was made' })

export const healthAnswer = z
  .strictObject({
    phase: z.enum(['ready', 'refusing']),
    refusal: z.string().nullable().meta({ description: 'Why nothing is taken at the moment' }),
    version: z.string(),
    started: time,
    queue: z.strictObject({ entries: count, bytes: count, mostBytes: count }),
    log: z.strictObject({ written: count, applied: count, syncs: count }),
    shards: z.strictObject({ looks: count, hot: count }),
    lagSeconds: z.number().nonnegative().meta({ description: 'By how much what is applied is behind the clock' }),
    totals: z.strictObject({
      ...{ posts: count, records: count, facts: count, bytes: count, problems: count, late: count },
      ...{ refusedFull: count, refusedUnavailable: count, faults: count },
    }),
    findings: z.record(z.string(), count),
    hosts: count,
    alerts: z.record(z.string(), count).meta({ description: 'Messages to receivers by how they stand' }),
    memoryBytes: count,
    faults: z.array(z.strictObject({ time, text: z.string() })),
  })
  .meta({ id: 'Health' })

export const problem = z
  .strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) })
  .meta({ id: 'Problem' })
