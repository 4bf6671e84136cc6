import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ThreadKind } from '../../../src/report/page/answers/questions.ts'
import { type Row, type SeverityName, severityNames } from '../data/source.ts'
import { linkTo } from '../route.ts'
import { shortHost } from '../words.ts'

export const severityOf = (row: Row): SeverityName => severityNames[row.severity] ?? 'informational'

export const Severity = ({ name, small = false }: { name: SeverityName; small?: boolean }) => (
  <span class={`severity ${name}${small ? ' small' : ''}`}>{name === 'informational' ? 'info' : name}</span>
)

export const HostLink = ({ host }: { host: string }) => (
  <a class="host" href={linkTo(['host', host])} title={host}>
    {shortHost(host)}
  </a>
)

export const ScopeLink = ({ of, value, children }: { of: ThreadKind; value: string; children?: ComponentChildren }) => (
  <a href={linkTo(['scope', of, value])} title={`where else: ${value}`}>
    {children ?? value}
  </a>
)

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // A page that was opened from a file may not be let at the clipboard.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}

export function CopyButton({
  text,
  says = 'Copy',
}: {
  text: string | (() => string | Promise<string>)
  says?: string
}) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle')
  const copy = async () => {
    const isCopied = await copyText(typeof text === 'string' ? text : await text())
    setState(isCopied ? 'done' : 'failed')
    setTimeout(() => setState('idle'), 1600)
  }
  return (
    <button type="button" class="copy quiet" onClick={copy}>
      <span aria-live="polite">{state === 'done' ? 'Copied' : state === 'failed' ? 'Not copied' : says}</span>
    </button>
  )
}

export function Section({
  title,
  id,
  children,
  aside,
}: {
  title: string
  id?: string
  children: ComponentChildren
  aside?: ComponentChildren
}) {
  return (
    <section class="panel" aria-label={title} {...(id === undefined ? {} : { id })}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

/** Panels of which one is shown; all of them in print. */
export function Tabs({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { readonly name: string; readonly content: () => ComponentChildren }[]
}) {
  const [open, setOpen] = useState(0)
  const shown = tabs[Math.min(open, tabs.length - 1)]
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = (open + by + tabs.length) % tabs.length
    setOpen(next)
    const list = (event.currentTarget as HTMLElement).children
    ;(list[next] as HTMLElement | undefined)?.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ name }, number) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={number === open}
            tabIndex={number === open ? 0 : -1}
            onClick={() => setOpen(number)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={shown?.name ?? ''}>
        {shown?.content()}
      </div>
    </div>
  )
}

/** In the place of what has not come yet. */
export const Waiting = () => (
  <p class="empty waiting" aria-busy="true">
    …
  </p>
)
