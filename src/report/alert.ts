import type { ScoredChain } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/time.ts'
import { findingJson } from './finding-json.ts'
import { ecsAlert, ecsVersion } from './forms/ecs.ts'
import { sentenceOf } from './forms/gist.ts'
import { findingText } from './text.ts'
import { toldOf } from './told.ts'

/**
 * A finding as an alert carries it, whoever receives it. `now`: the moment that stands for one of which nothing says when it was;
 * `inputs`: what evidence names by index.
 */
export function alertStory(scored: ScoredChain, inputs: readonly string[], now: Instant) {
  const told = toldOf(scored)
  return {
    title: told.chain.title,
    /** Who did what to which task on which host, and what it ran, in one sentence. */
    summary: sentenceOf(told),
    /** The story as the text report tells it. */
    text: findingText(scored, inputs),
    finding: findingJson(scored, inputs),
    /** An alert document of the Elastic Common Schema, without the finding itself. */
    ecs: ecsAlert(scored, now),
  }
}

export type AlertStory = ReturnType<typeof alertStory>

/** An alert document of the Elastic Common Schema about a finding of which no more is kept than this. */
export const scantEcs = (finding: { readonly id: string; readonly host: string }, now: Instant) => ({
  '@timestamp': formatInstant(now),
  ecs: { version: ecsVersion },
  tags: ['tasktrail'],
  event: {
    kind: 'alert',
    category: ['configuration'],
    type: ['info'],
    id: finding.id,
    provider: 'tasktrail',
    module: 'tasktrail',
    dataset: 'tasktrail.finding',
  },
  ...(finding.host === '' ? {} : { host: { name: finding.host, hostname: finding.host } }),
})
