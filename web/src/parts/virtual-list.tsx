import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

interface ListProps<T> {
  readonly length: number
  /** Undefined: it has not come yet. */
  readonly at: (place: number) => T | undefined
  /** The same for one item wherever it stands. */
  readonly keyOf: (item: T) => string
  /** Told what is drawn, and which item is the first that is seen: 0 as long as nothing is scrolled. */
  readonly onSeen?: (from: number, to: number, first: number) => void
  /** Of one item, in pixels; wider views have lower ones. */
  readonly height: number
  readonly label: string
  readonly row: (item: T, place: number) => ComponentChildren
  /** The item that the keyboard stands on. */
  readonly current?: number
}

/** Items drawn above and below what is seen, so that scrolling shows no gap. */
const spare = 8
/** Items that are printed: more is no reading. */
const printed = 500

/** A list of any length, of which only what is seen is there. */
export function VirtualList<T>({ length, at, keyOf, onSeen, height, label, row, current = -1 }: ListProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, seen: 900 })
  const [isPrinting, setPrinting] = useState(false)

  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const look = () => {
      const { top } = list.getBoundingClientRect()
      setView({ top: Math.max(0, -top), seen: innerHeight })
    }
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [])

  useEffect(() => {
    const query = matchMedia('print')
    const changed = () => setPrinting(query.matches)
    query.addEventListener('change', changed)
    changed()
    return () => query.removeEventListener('change', changed)
  }, [])

  useEffect(() => {
    const list = box.current
    if (!list || current < 0) return
    const top = list.getBoundingClientRect().top + current * height
    if (top < 140) scrollBy(0, top - 140)
    else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight)
  }, [current, height])

  const from = isPrinting ? 0 : Math.max(0, Math.floor(view.top / height) - spare)
  const to = isPrinting
    ? Math.min(length, printed)
    : Math.min(length, Math.ceil((view.top + view.seen) / height) + spare)
  const first = Math.floor(view.top / height)
  useLayoutEffect(() => onSeen?.(from, to, first), [from, to, first, onSeen])
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place)
  return (
    <div ref={box} class="virtual" style={{ height: isPrinting ? 'auto' : `${length * height}px` }}>
      <ol aria-label={label} style={{ paddingTop: `${from * height}px` }}>
        {drawn.map((place) => {
          const item = at(place)
          return (
            <li
              key={item === undefined ? place : keyOf(item)}
              style={isPrinting ? {} : { height: `${height}px` }}
              aria-setsize={length}
              aria-posinset={place + 1}
            >
              {item === undefined ? <span class="dim">…</span> : row(item, place)}
            </li>
          )
        })}
      </ol>
      {isPrinting && length > to && <p>… and {length - to} more</p>}
    </div>
  )
}
