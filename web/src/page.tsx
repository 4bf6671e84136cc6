import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { clean } from '../../src/report/clean.ts'
import type { Wish } from '../../src/report/page/answers/wish.ts'
import { type App, AppContext } from './app-context.ts'
import { TopBar } from './parts/top-bar.tsx'
import { useRoute } from './route.ts'
import './style/page.css'
import { FindingView } from './views/finding.tsx'
import { FindingsView } from './views/findings.tsx'
import { HostsView, HostView } from './views/hosts.tsx'
import { InputView } from './views/input.tsx'
import { Overview } from './views/overview.tsx'
import { ScopeView } from './views/scope.tsx'

function View() {
  const { path, query } = useRoute()
  const [view = '', first = '', second = ''] = path
  switch (view) {
    case 'findings':
      return <FindingsView wish={query as Wish} />
    case 'finding':
      return <FindingView id={first} />
    case 'hosts':
      return <HostsView />
    case 'host':
      return <HostView host={first} />
    case 'scope':
      return <ScopeView kind={first} value={second} />
    case 'input':
      return <InputView />
    default:
      return <Overview />
  }
}

interface PageParts extends Pick<App, 'source'>, Partial<Pick<App, 'version' | 'fresh'>> {
  /** Beside the search: how it is with the source. */
  readonly children?: ComponentChildren
  /** A finding is looked at. */
  readonly onOpen?: (id: string) => void
}

const nothingFresh: App['fresh'] = new Map()

/** All views of one source. */
export function Page({ source, version = 0, fresh = nothingFresh, children, onOpen }: PageParts) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const choose = useCallback((ids: readonly string[], isChosen: boolean) => {
    setChosen((before) => {
      const after = new Set(before)
      for (const id of ids) {
        if (isChosen) after.add(id)
        else after.delete(id)
      }
      return after
    })
  }, [])
  const app = useMemo((): App => ({ source, version, chosen, choose, fresh }), [source, version, chosen, choose, fresh])
  const { path } = useRoute()
  const place = path.join('/')
  useEffect(() => {
    scrollTo(0, 0)
    document.documentElement.dataset.view = path[0] ?? 'overview'
    if (path[0] === 'finding' && path[1] !== undefined) onOpen?.(path[1])
    document.title = `${clean(path.at(-1) ?? 'overview')} · tasktrail`
  }, [place])
  return (
    <AppContext.Provider value={app}>
      <button type="button" class="skip" onClick={() => document.getElementById('view')?.focus()}>
        Skip to the content
      </button>
      <TopBar>{children}</TopBar>
      <main id="view" tabIndex={-1}>
        <View />
      </main>
    </AppContext.Provider>
  )
}
