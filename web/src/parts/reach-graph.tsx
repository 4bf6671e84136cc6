import { counted } from '../../../src/model/counted.ts'
import type { Path } from '../../../src/report/page/answers/questions.ts'
import { severityNames } from '../data/source.ts'
import { linkTo } from '../route.ts'
import { clock, shortHost } from '../words.ts'

/** Nodes of one column that are drawn: a graph is for a glance. */
const mostNodes = 14
const [rowHeight, width, head] = [34, 900, 30]
const columns = [
  { title: 'from where', x: 0 },
  { title: 'as whom', x: 330 },
  { title: 'on which host', x: 660 },
] as const
const nodeWidth = 240

interface Node {
  readonly name: string
  readonly first: number
  readonly worst: number
  readonly link: string
  readonly text: string
}

interface Edge {
  readonly from: string
  readonly to: string
  first: number
  worst: number
  count: number
}

/** Who reached whom: addresses, accounts and hosts in the order in which they were first seen. */
export function ReachGraph({ paths }: { paths: readonly Path[] }) {
  const nodes: Map<string, Node>[] = [new Map(), new Map(), new Map()]
  const edges = new Map<string, Edge>()
  const inTime = [...paths].sort((a, b) => a.first - b.first)
  for (const { origin, user, host, first, worst, count } of inTime) {
    const path: readonly (readonly [number, string, string, string])[] = [
      [
        0,
        origin ?? 'the host itself',
        origin === null ? '' : linkTo(['scope', 'origin', origin]),
        origin ?? 'the host itself',
      ],
      [1, user ?? 'nobody named', user === null ? '' : linkTo(['scope', 'user', user]), user ?? 'nobody named'],
      [2, host, linkTo(['host', host]), shortHost(host)],
    ]
    for (const [column, name, link, text] of path) {
      const known = nodes[column]?.get(name)
      nodes[column]?.set(name, {
        name,
        link,
        text,
        first: known?.first ?? first,
        worst: Math.max(known?.worst ?? 0, worst),
      })
    }
    for (const place of [0, 1]) {
      const [from, to] = [path[place], path[place + 1]]
      if (!from || !to) continue
      const key = JSON.stringify([place, from[1], to[1]])
      const known = edges.get(key)
      if (known) {
        known.count += count
        known.worst = Math.max(known.worst, worst)
      } else
        edges.set(key, {
          from: `${place}\n${from[1]}`,
          to: `${place + 1}\n${to[1]}`,
          first,
          worst,
          count,
        })
    }
  }
  // The worst are drawn however late they come; each column is in the order of time.
  const drawn = nodes.map((column) =>
    [...column.values()]
      .sort((a, b) => b.worst - a.worst || a.first - b.first)
      .slice(0, mostNodes)
      .sort((a, b) => a.first - b.first),
  )
  const places = new Map<string, { x: number; y: number }>()
  const most = Math.max(...drawn.map(({ length }) => length), 1)
  drawn.forEach((column, number) => {
    const gap = (most * rowHeight) / column.length
    column.forEach(({ name }, place) => {
      places.set(`${number}\n${name}`, { x: columns[number]?.x ?? 0, y: head + gap * (place + 0.5) })
    })
  })
  const left = nodes.reduce((sum, column) => sum + Math.max(column.size - mostNodes, 0), 0)
  const height = head + most * rowHeight + 6
  return (
    <div class="scroll-x">
      <svg
        class="graph"
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label="who reached whom, in the order of time"
      >
        {columns.map(({ title, x }) => (
          <text key={title} x={x} y={14} class="column">
            {title}
          </text>
        ))}
        {[...edges.values()].map((edge) => {
          const [a, b] = [places.get(edge.from), places.get(edge.to)]
          if (!a || !b) return null
          const [x1, x2] = [a.x + nodeWidth, b.x]
          const middle = (x1 + x2) / 2
          return (
            <path
              key={`${edge.from} ${edge.to}`}
              d={`M${x1} ${a.y} C${middle} ${a.y} ${middle} ${b.y} ${x2} ${b.y}`}
              class={`edge ${severityNames[edge.worst]}`}
              stroke-width={Math.min(1 + Math.log2(edge.count), 6)}
            >
              <title>{`${counted(edge.count, 'finding')}, first ${clock(edge.first)}`}</title>
            </path>
          )
        })}
        {drawn.map((column, number) =>
          column.map(({ name, text, link, worst, first }) => {
            const place = places.get(`${number}\n${name}`)
            if (!place) return null
            const body = (
              <g>
                <title>{`${name}, first ${clock(first)}`}</title>
                <rect
                  x={place.x + 0.5}
                  y={place.y - 13}
                  width={nodeWidth}
                  height={26}
                  rx={4}
                  class={`node ${severityNames[worst]}`}
                />
                <text x={place.x + 9} y={place.y + 4}>
                  {text.length > 29 ? `${text.slice(0, 28)}…` : text}
                </text>
                {number === 2 && (
                  <text x={place.x + nodeWidth - 6} y={place.y + 4} class="first" text-anchor="end">
                    {clock(first).slice(5, 16)}
                  </text>
                )}
              </g>
            )
            return link === '' ? (
              <g key={name}>{body}</g>
            ) : (
              <a key={name} href={link}>
                {body}
              </a>
            )
          }),
        )}
      </svg>
      {left > 0 && <p class="dim more">{`${left} more are in the list, not in the graph`}</p>}
    </div>
  )
}
