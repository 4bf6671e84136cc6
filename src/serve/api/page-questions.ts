import { z } from 'zod'
import type { Question } from '../../report/page/answers/questions.ts'
import { pageCoverage } from '../../report/page/coverage.ts'
import type { Changes } from './changes.ts'
import { coverageOf } from './coverage.ts'
import type { LiveBoard } from './live-board.ts'
import type { ApiParts } from './parts.ts'
import { Remembered } from './remembered.ts'
import { type Route, route } from './route.ts'
import { nothing } from './schemas.ts'
import { maySee } from './visible.ts'

// What the page asks. These addresses are the page's own, change with it, and stand in no document of the API.

const text = z.string().max(4_000)
const wish = z
  .strictObject({
    ...{ q: text, severity: text, host: text, user: text, origin: text, route: text, verdict: text, program: text },
    ...{ task: text, definition: text, hash: text, action: text, since: text, until: text, alike: text, order: text },
  })
  .partial()
const part = { from: z.int().min(0), count: z.int().min(0).max(500) }

const question: z.ZodType<Question> = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.enum(['total', 'choices', 'overview']) }),
  z.strictObject({ ask: z.literal('list'), wish, ...part, beside: text.optional() }),
  z.strictObject({ ask: z.literal('fitting'), wish }),
  z.strictObject({ ask: z.literal('rows'), ids: z.array(text).max(100) }),
  z.strictObject({ ask: z.literal('hosts'), text, ...part }),
  z.strictObject({ ask: z.literal('host'), host: text }),
  z.strictObject({ ask: z.literal('scope'), kind: text, value: text }),
  z.strictObject({ ask: z.enum(['finding', 'threads']), id: text }),
])

const questionQuery = z.strictObject({
  question: z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' })
        return z.NEVER
      }
    })
    .pipe(question),
})

/** Hosts of which the page shows what could be seen, by name; of others, one by one. */
const coveredHosts = 2_000
/** Finding out about them takes a second: milliseconds. */
const coverageEvery = 30_000
const countsEvery = 5_000

export function pageQuestions({ store, now, version }: ApiParts, board: LiveBoard, changes: Changes): Route[] {
  const namesOf = (hosts: readonly string[] | null) =>
    board.hosts.names.filter((host) => hosts === null || maySee({ hosts } as never, host)).slice(0, coveredHosts)
  const coverage = new Remembered(() => pageCoverage(coverageOf(store, namesOf(null))), coverageEvery, now)
  const counts = new Remembered(() => store.findings.counts(), countsEvery, now)
  return [
    route({
      path: '/api/v1/page/answer',
      summary: 'What one question is answered',
      query: questionQuery,
      params: nothing,
      answer: z.unknown(),
      async handle({ query, principal }) {
        changes.settle()
        const answering = await board.boardFor(principal)
        return { answer: answering.answer(query.question) }
      },
    }),
    route({
      path: '/api/v1/page/looked',
      summary: 'What is said of all that was looked at',
      query: nothing,
      params: nothing,
      answer: z.unknown(),
      handle: ({ principal }) => ({
        ...{ version, unmet: null, hasFacts: board.hosts.names.length > 0, leftOut: board.leftOut },
        informational: principal.hosts === null ? counts.value.informational : 0,
      }),
    }),
    route({
      path: '/api/v1/page/coverage',
      summary: 'What could be seen, as the page shows it',
      query: z.strictObject({ host: text.optional() }),
      params: nothing,
      answer: z.unknown(),
      handle({ query: { host }, principal }) {
        if (host !== undefined) return pageCoverage(coverageOf(store, maySee(principal, host) ? [host] : []))
        return principal.hosts === null ? coverage.value : pageCoverage(coverageOf(store, namesOf(principal.hosts)))
      },
    }),
  ]
}
