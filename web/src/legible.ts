import { type ComponentChildren, options, type VNode } from 'preact'
import { clean, cleanLines } from '../../src/report/clean.ts'

// All that the page shows came from a host under attack. Preact writes it as text, never as markup; what is left are characters that
// hide or reorder it. Every element's text goes through here, so that no view can forget to.

const shownAttributes = ['title', 'aria-label', 'placeholder', 'alt'] as const

export function keepTextLegible(): void {
  const before = options.vnode
  options.vnode = (vnode: VNode<Record<string, unknown>>) => {
    if (typeof vnode.type === 'string') {
      const { props } = vnode
      props.children = legible(props.children, vnode.type === 'pre') as ComponentChildren
      for (const name of shownAttributes) {
        const said = props[name]
        if (typeof said === 'string') props[name] = clean(said)
      }
    }
    before?.(vnode)
  }
}

function legible(child: unknown, hasLines: boolean): unknown {
  if (typeof child === 'string') return hasLines ? cleanLines(child) : clean(child)
  return Array.isArray(child) ? child.map((one) => legible(one, hasLines)) : child
}
