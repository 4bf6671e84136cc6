import { createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import type { AnswerTo, Question } from '../../src/report/page/answers/questions.ts'
import type { Soon, Source } from './data/source.ts'

export interface App {
  readonly source: Source
  /** Counts on when what the source has may have changed. */
  readonly version: number
  /** Ids of the findings that are chosen to be exported. */
  readonly chosen: ReadonlySet<string>
  readonly choose: (ids: readonly string[], isChosen: boolean) => void
  /** Findings that came or changed while the page was open and were not looked at since. */
  readonly fresh: ReadonlyMap<string, 'new' | 'changed'>
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('outside of the page')
  return app
}

/** What the source answers; null until it has. When something changed the last answer stands until the next is there. */
export function useAnswer<Q extends Question>(question: Q): AnswerTo<Q> | null {
  const { source, version } = useApp()
  const key = JSON.stringify(question)
  return useSoon(
    key,
    useMemo(() => source.ask(question), [source, version, key]),
  )
}

/** `key` names what was asked for. */
export function useSoon<T>(key: string, soon: Soon<T>): T | null {
  const [kept, keep] = useState<{ readonly key: string; readonly value: T } | null>(null)
  useEffect(() => {
    if (!(soon instanceof Promise)) return
    let isWanted = true
    soon.then(
      (value) => isWanted && keep({ key, value }),
      () => {}, // the source tells by itself that it cannot be reached
    )
    return () => {
      isWanted = false
    }
  }, [key, soon])
  if (!(soon instanceof Promise)) return soon
  return kept?.key === key ? kept.value : null
}
