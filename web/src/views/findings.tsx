import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import type { Choices, ListPart } from '../../../src/report/page/answers/questions.ts'
import type { ToldStory } from '../../../src/report/page/answers/stories.ts'
import type { Wish } from '../../../src/report/page/answers/wish.ts'
import { useAnswer, useApp } from '../app-context.ts'
import { Paged } from '../data/paged.ts'
import { severityNames } from '../data/source.ts'
import { ExportBar } from '../parts/export-bar.tsx'
import { Waiting } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { go, linkTo } from '../route.ts'
import { verdictWords } from '../words.ts'

const rowHeight = () => (innerWidth < 700 ? 112 : 58)

/** The list, which stays where it is on the screen when findings come before what is looked at. */
function useStories(wish: Wish) {
  const { source, version } = useApp()
  const key = JSON.stringify(wish)
  const [, redraw] = useState(0)
  const [current, setCurrent] = useState(-1)
  const seen = useRef({ from: 0, to: 0, first: 0 })
  const moved = useRef(0)
  const list = useMemo(
    () =>
      new Paged<ToldStory, ListPart>(
        (from, count, beside) => source.ask({ ask: 'list', wish, from, count, beside }),
        () => redraw((times) => times + 1),
      ),
    [source, key],
  )
  // What was there stays until something else has come.
  const last = useRef(list)
  if (list.head !== null) last.current = list
  const shown = last.current
  // Before the next key comes, not after the next picture: keys that are held come faster.
  useLayoutEffect(() => setCurrent(-1), [shown])

  const known = useRef(version)
  useEffect(() => {
    if (known.current === version) return
    known.current = version
    const { from, to, first } = seen.current
    const place = current >= 0 ? current : first
    const story = place > 0 || current >= 0 ? list.at(place) : undefined
    list.refresh(from, to, story ? { id: story.first.id, place } : null).then(
      (by) => {
        moved.current = by
        if (current >= 0) setCurrent((before) => before + by)
        redraw((times) => times + 1)
      },
      () => {}, // the source tells by itself that it cannot be reached
    )
  }, [version, list])
  useLayoutEffect(() => {
    if (moved.current === 0) return
    scrollBy(0, moved.current * rowHeight())
    moved.current = 0
  })
  const onSeen = useCallback(
    (from: number, to: number, first: number) => {
      seen.current = { from, to, first }
      shown.want(from, to)
    },
    [shown],
  )
  return { list: shown, current, setCurrent, onSeen }
}

export function FindingsView({ wish }: { wish: Wish }) {
  const { source, chosen, choose } = useApp()
  const { list, current, setCurrent, onSeen } = useStories(wish)
  const [taken, setTaken] = useState<{ readonly of: string; readonly ids: readonly string[] } | null>(null)
  const total = list.head?.total ?? 0
  const set = (change: Partial<Wish>) => go(linkTo(['findings'], { ...wish, ...change }), true)

  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLElement && event.target.closest('input, select, textarea')) return
      const story = list.at(current)
      if (event.key === 'j' || event.key === 'ArrowDown') setCurrent(Math.min(current + 1, total - 1))
      else if (event.key === 'k' || event.key === 'ArrowUp') setCurrent(Math.max(current - 1, 0))
      else if (event.key === 'Enter' && story && !(event.target instanceof HTMLAnchorElement))
        go(linkTo(['finding', story.first.id]))
      else if (event.key === 'x' && story) choose(story.ids, !story.ids.every((id) => chosen.has(id)))
      else return
      event.preventDefault()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [list, total, current, chosen, choose])

  const of = JSON.stringify(wish)
  const isAllChosen = taken?.of === of && taken.ids.length > 0 && taken.ids.every((id) => chosen.has(id))
  const chooseAll = async () => {
    const { ids } = isAllChosen ? taken : await source.ask({ ask: 'fitting', wish })
    setTaken({ of, ids })
    choose(ids, !isAllChosen)
  }
  return (
    <div class="findings-view">
      <h1 class="visually-hidden">Findings</h1>
      <Filters wish={wish} set={set} />
      <div class="list-head">
        <label>
          <input type="checkbox" checked={isAllChosen} onChange={chooseAll} aria-label="choose all that are shown" />
        </label>
        <p role="status">{list.head !== null && <Count {...list.head} />}</p>
        <ExportBar wish={wish} isEmpty={total === 0} />
      </div>
      {list.head === null ? (
        <Waiting />
      ) : total === 0 ? (
        <p class="empty">
          Nothing fits. <a href={linkTo(['findings'])}>Show all</a>
        </p>
      ) : (
        <VirtualList
          length={total}
          at={(place) => list.at(place)}
          keyOf={({ first }) => first.id}
          onSeen={onSeen}
          height={rowHeight()}
          label="findings"
          current={current}
          row={(story, place) => <StoryRow story={story} isCurrent={place === current} />}
        />
      )}
    </div>
  )
}

function Count({ findings, total, of }: ListPart) {
  const { source } = useApp()
  return (
    <>
      {counted(findings, source.all ? 'chain' : 'finding')}
      {total < findings && ` in ${counted(total, 'story', 'stories')}`}
      {findings < of && <span class="dim">{` of ${of}`}</span>}
    </>
  )
}

function Filters({ wish, set }: { wish: Wish; set: (change: Partial<Wish>) => void }) {
  const choices = useAnswer({ ask: 'choices' })
  const severities = new Set((wish.severity ?? '').split(',').filter(Boolean))
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
          const count = choices?.severities[severityNames.indexOf(name)] ?? 0
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
      <Choice name="host" choices={choices} wish={wish} set={set} />
      <Choice name="user" choices={choices} wish={wish} set={set} />
      <Choice name="origin" says="from" choices={choices} wish={wish} set={set} />
      <Choice name="route" choices={choices} wish={wish} set={set} />
      <Choice name="verdict" choices={choices} wish={wish} set={set} words={verdictWords} />
      <Choice name="program" choices={choices} wish={wish} set={set} />
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

type ChoiceName = 'host' | 'user' | 'origin' | 'route' | 'verdict' | 'program'

function Choice({
  name,
  says = name,
  choices,
  wish,
  set,
  words = {},
}: {
  name: ChoiceName
  says?: string
  choices: Choices | null
  wish: Wish
  set: (change: Partial<Wish>) => void
  words?: Readonly<Record<string, string>>
}) {
  const values = choices?.[name] ?? []
  const chosen = wish[name] ?? ''
  const [only] = values
  if (chosen === '' && (!only || (name !== 'program' && only[1] === choices?.total))) return null
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
