import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useAnswer, useApp } from '../app-context.ts'
import { go, linkTo, useRoute } from '../route.ts'

const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem('tasktrail-theme')
    return themes.find((one) => one === kept) ?? 'auto'
  } catch {
    return 'auto' // a page from a file may have no storage
  }
}

export function TopBar({ children }: { children?: ComponentChildren }) {
  const { source } = useApp()
  const total = useAnswer({ ask: 'total' })
  const { path, query } = useRoute()
  const [view = ''] = path
  const [theme, setTheme] = useState(keptTheme)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    try {
      localStorage.setItem('tasktrail-theme', theme)
    } catch {}
  }, [theme])
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea')
      if (event.key === '/' && !isTyping) {
        event.preventDefault()
        search.current?.focus()
      } else if (event.key === 'Escape' && isTyping) (event.target as HTMLElement).blur()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [])
  const tab = (name: string, says: string, isHere: boolean) => (
    <a href={linkTo(name === '' ? [] : [name])} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      {says}
    </a>
  )
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  return (
    <header class="top">
      <a class="mark" href="#/" aria-label="tasktrail, overview">
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <circle cx="5" cy="5" r="3" />
          <circle cx="5" cy="19" r="3" />
          <circle cx="19" cy="12" r="3" />
          <path d="M5 8v8M7.5 6.5l9 4.2M7.5 17.5l9-4.2" />
        </svg>
        tasktrail
      </a>
      <nav aria-label="views">
        {tab('', 'Overview', view === '')}
        {tab('findings', 'Findings', view === 'findings' || view === 'finding')}
        {tab('hosts', 'Hosts', view === 'hosts' || view === 'host')}
        {tab('input', 'Coverage', view === 'input')}
      </nav>
      <input
        ref={search}
        type="search"
        placeholder={total === null ? 'Search   /' : `Search ${counted(total, source.all ? 'chain' : 'finding')}   /`}
        aria-label="search all findings"
        value={view === 'findings' ? (query.q ?? '') : ''}
        onInput={(event) => {
          const q = event.currentTarget.value
          go(linkTo(['findings'], view === 'findings' ? { ...query, q } : { q }), view === 'findings')
        }}
      />
      {children}
      <button
        type="button"
        class="quiet theme"
        onClick={() => setTheme(next)}
        title="light, dark, or as the system has it"
      >
        {theme === 'auto' ? 'Auto' : theme === 'light' ? 'Light' : 'Dark'}
      </button>
    </header>
  )
}
