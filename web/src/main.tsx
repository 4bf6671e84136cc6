import { render } from 'preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { clean } from '../../src/report/clean.ts'
import { type App, AppContext } from './app-context.ts'
import type { Wish } from './data/filter.ts'
import { loadStore, type Store } from './data/store.ts'
import { keepTextLegible } from './legible.ts'
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

function Page({ store }: { store: Store }) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const choose = useCallback((numbers: readonly number[], isChosen: boolean) => {
    setChosen((before) => {
      const after = new Set(before)
      for (const number of numbers) {
        if (isChosen) after.add(number)
        else after.delete(number)
      }
      return after
    })
  }, [])
  const app = useMemo((): App => ({ store, chosen, choose }), [store, chosen, choose])
  const { path } = useRoute()
  const place = path.join('/')
  useEffect(() => {
    scrollTo(0, 0)
    document.documentElement.dataset.view = path[0] ?? 'overview'
    document.title = `${clean(path.at(-1) ?? 'overview')} · tasktrail`
  }, [place])
  return (
    <AppContext.Provider value={app}>
      <button type="button" class="skip" onClick={() => document.getElementById('view')?.focus()}>
        Skip to the content
      </button>
      <TopBar />
      <main id="view" tabIndex={-1}>
        <View />
      </main>
    </AppContext.Provider>
  )
}

keepTextLegible()
const root = document.getElementById('page')
if (root) {
  loadStore().then(
    (store) => {
      render(<Page store={store} />, root)
      document.documentElement.dataset.ready = 'true'
    },
    (error) => {
      root.textContent = `This page cannot be opened: ${error instanceof Error ? error.message : String(error)}`
    },
  )
}
