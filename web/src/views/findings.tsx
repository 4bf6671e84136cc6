import { useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import { counts, matching, storiesOf, type Wish } from '../data/filter.ts'
import { type Row, severityNames } from '../data/store.ts'
import { ExportBar } from '../parts/export-bar.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { go, linkTo } from '../route.ts'
import { verdictWords } from '../words.ts'

/** Values that a choice offers: more are searched for. */
const mostChoices = 300

export function FindingsView({ wish }: { wish: Wish }) {
  const { store, chosen, choose } = useApp()
  const rows = useMemo(() => matching(store, wish), [store, JSON.stringify(wish)])
  const stories = useMemo(
    () => (wish.alike === 'each' ? rows.map((row) => ({ first: row, all: [row] })) : storiesOf(rows)),
    [rows, wish.alike],
  )
  const [current, setCurrent] = useState(-1)
  // Before the next key comes, not after the next picture: keys that are held come faster.
  useLayoutEffect(() => setCurrent(-1), [rows])
  const set = (change: Partial<Wish>) => go(linkTo(['findings'], { ...wish, ...change }), true)

  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLElement && event.target.closest('input, select, textarea')) return
      const story = stories[current]
      if (event.key === 'j' || event.key === 'ArrowDown') setCurrent(Math.min(current + 1, stories.length - 1))
      else if (event.key === 'k' || event.key === 'ArrowUp') setCurrent(Math.max(current - 1, 0))
      else if (event.key === 'Enter' && story && !(event.target instanceof HTMLAnchorElement))
        go(linkTo(['finding', story.first.id]))
      else if (event.key === 'x' && story) {
        const numbers = story.all.map(({ number }) => number)
        choose(numbers, !numbers.every((number) => chosen.has(number)))
      } else return
      event.preventDefault()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [stories, current, chosen, choose])

  const numbers = rows.map(({ number }) => number)
  const isAllChosen = rows.length > 0 && chosen.size >= rows.length && numbers.every((number) => chosen.has(number))
  return (
    <div class="findings-view">
      <h1 class="visually-hidden">Findings</h1>
      <Filters wish={wish} set={set} />
      <div class="list-head">
        <label>
          <input
            type="checkbox"
            checked={isAllChosen}
            onChange={() => choose(numbers, !isAllChosen)}
            aria-label="choose all that are shown"
          />
        </label>
        <p role="status">
          {counted(rows.length, store.data.all ? 'chain' : 'finding')}
          {stories.length < rows.length && ` in ${counted(stories.length, 'story', 'stories')}`}
          {rows.length < store.rows.length && <span class="dim">{` of ${store.rows.length}`}</span>}
        </p>
        <ExportBar shown={rows} />
      </div>
      {stories.length === 0 ? (
        <p class="empty">
          Nothing fits. <a href={linkTo(['findings'])}>Show all</a>
        </p>
      ) : (
        <VirtualList
          items={stories}
          height={innerWidth < 700 ? 112 : 58}
          label="findings"
          current={current}
          row={(story, number) => <StoryRow story={story} isCurrent={number === current} />}
        />
      )}
    </div>
  )
}

function Filters({ wish, set }: { wish: Wish; set: (change: Partial<Wish>) => void }) {
  const { store } = useApp()
  const severities = new Set((wish.severity ?? '').split(',').filter(Boolean))
  const bySeverity = new Map(counts(store.rows, ({ severity }) => severityNames[severity] ?? ''))
  const toggle = (name: string) => {
    if (!severities.delete(name)) severities.add(name)
    set({ severity: [...severities].join(',') })
  }
  const hasMore = Object.entries(wish).some(
    ([name, value]) => value !== undefined && value !== '' && !['q', 'order'].includes(name),
  )
  return (
    <form class="filters" role="search" aria-label="filter the findings" onSubmit={(event) => event.preventDefault()}>
      <div class="chips" role="group" aria-label="severity">
        {[...severityNames].reverse().map((name) => {
          const count = bySeverity.get(name) ?? 0
          return count === 0 ? null : (
            <button
              key={name}
              type="button"
              class={`chip ${name}`}
              aria-pressed={severities.has(name)}
              onClick={() => toggle(name)}
            >
              {name === 'informational' ? 'ordinary' : name} <b>{count}</b>
            </button>
          )
        })}
      </div>
      <Choice name="host" say={(row) => row.host} wish={wish} set={set} />
      <Choice name="user" say={(row) => row.user} wish={wish} set={set} />
      <Choice name="origin" says="from" say={(row) => row.origin} wish={wish} set={set} />
      <Choice name="route" say={(row) => row.route} wish={wish} set={set} />
      <Choice name="verdict" say={(row) => row.verdict} wish={wish} set={set} words={verdictWords} />
      <Programs wish={wish} set={set} />
      <label>
        since
        <input
          type="datetime-local"
          value={wish.since ?? ''}
          onChange={(event) => set({ since: event.currentTarget.value })}
        />
      </label>
      <label>
        until
        <input
          type="datetime-local"
          value={wish.until ?? ''}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </label>
      <label>
        order
        <select value={wish.order ?? 'worst'} onChange={(event) => set({ order: event.currentTarget.value })}>
          <option value="worst">worst first</option>
          <option value="time">oldest first</option>
          <option value="newest">newest first</option>
          <option value="host">by host</option>
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={wish.alike !== 'each'}
          onChange={(event) => set({ alike: event.currentTarget.checked ? '' : 'each' })}
        />
        alike as one
      </label>
      {(hasMore || wish.q) && <a href={linkTo(['findings'])}>clear</a>}
      {(['task', 'definition', 'hash', 'action'] as const).map((name) =>
        wish[name] === undefined ? null : (
          <button
            key={name}
            type="button"
            class="chip on"
            onClick={() => set({ [name]: '' })}
            title="take this filter off"
          >
            {name}: {(wish[name] ?? '').slice(0, 40)} ×
          </button>
        ),
      )}
    </form>
  )
}

type ChoiceName = 'host' | 'user' | 'origin' | 'route' | 'verdict'

function Choice({
  name,
  says = name,
  say,
  wish,
  set,
  words = {},
}: {
  name: ChoiceName
  says?: string
  say: (row: Row) => string | null
  wish: Wish
  set: (change: Partial<Wish>) => void
  words?: Readonly<Record<string, string>>
}) {
  const { store } = useApp()
  const values = useMemo(() => counts(store.rows, say).slice(0, mostChoices), [store])
  const chosen = wish[name] ?? ''
  const [only] = values
  if (chosen === '' && (!only || only[1] === store.rows.length)) return null
  return (
    <label>
      {says}
      <select value={chosen} onChange={(event) => set({ [name]: event.currentTarget.value })}>
        <option value="">any</option>
        {chosen !== '' && !values.some(([value]) => value === chosen) && <option value={chosen}>{chosen}</option>}
        {values.map(([value, count]) => (
          <option key={value} value={value}>
            {`${words[value] ?? value} (${count})`}
          </option>
        ))}
      </select>
    </label>
  )
}

function Programs({ wish, set }: { wish: Wish; set: (change: Partial<Wish>) => void }) {
  const { store } = useApp()
  const values = useMemo(() => {
    const found = new Map<string, number>()
    for (const { programs } of store.rows) for (const name of programs) found.set(name, (found.get(name) ?? 0) + 1)
    return [...found].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, mostChoices)
  }, [store])
  if (values.length === 0) return null
  return (
    <label>
      program
      <select value={wish.program ?? ''} onChange={(event) => set({ program: event.currentTarget.value })}>
        <option value="">any</option>
        {values.map(([value, count]) => (
          <option key={value} value={value}>{`${value} (${count})`}</option>
        ))}
      </select>
    </label>
  )
}
