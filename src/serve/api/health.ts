import type { ApiParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { healthAnswer, nothing, sourcesAnswer } from './schemas.ts'
import { timeText } from './times.ts'

export const healthRoutes = ({ store, state, version, now, alerts }: ApiParts): Route[] => [
  route({
    path: '/api/v1/health',
    summary: 'How the service does: what waits, how far behind it is, what went wrong',
    query: nothing,
    params: nothing,
    answer: healthAnswer,
    handle() {
      const { phase, refusal, started, queue, log, shards, totals, faults, appliedUntil } = state()
      return {
        ...{ phase, refusal, version, started: timeText(started), queue, log, shards },
        lagSeconds: lagOf(appliedUntil, now()),
        totals,
        findings: store.findings.counts(),
        hosts: store.hosts.count,
        alerts: alerts(),
        memoryBytes: process.memoryUsage.rss(),
        faults: faults.map(({ time, text }) => ({ time: timeText(time), text })),
      }
    },
  }),
  route({
    path: '/api/v1/sources',
    summary: 'What records come from, and what of it could not be read',
    query: nothing,
    params: nothing,
    answer: sourcesAnswer,
    handle() {
      const problems = Map.groupBy(store.problems.all(), ({ source }) => source)
      const running = new Map(state().sources.map((source) => [source.name, source]))
      const names = [...new Set([...running.keys(), ...problems.keys()])].sort()
      return {
        sources: names.map((name) => {
          const { records = 0, facts = 0, bytes = 0, arrived = null, newest = null } = running.get(name) ?? {}
          const own = (problems.get(name) ?? []).map(({ code, count, first, last, reason }) => ({
            ...{ code, count, first: timeText(first), last: timeText(last), reason },
          }))
          return { name, records, facts, bytes, arrived: timeText(arrived), newest: timeText(newest), problems: own }
        }),
      }
    },
  }),
]

/** Seconds for which something waits. */
export const lagOf = (oldest: number | null, now: number): number =>
  oldest === null ? 0 : Math.max(0, (now - oldest) / 1000)
