import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Store } from './data/store.ts'

export interface App {
  readonly store: Store
  /** Numbers of the findings that are chosen to be exported. */
  readonly chosen: ReadonlySet<number>
  readonly choose: (numbers: readonly number[], isChosen: boolean) => void
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('outside of the page')
  return app
}
