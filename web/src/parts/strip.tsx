import type { Marks } from '../../../src/report/page/answers/questions.ts'
import { bins } from '../../../src/report/page/answers/sights.ts'
import { severityNames } from '../data/source.ts'
import { clock } from '../words.ts'

/** When findings of one host happened: a mark for each piece of time, of the colour of the worst in it. */
export function Strip({ marks, first, last, label }: { marks: Marks; first: number; last: number; label: string }) {
  const length = Math.max(last - first, 1)
  return (
    <svg class="strip" viewBox={`0 0 ${bins} 10`} preserveAspectRatio="none" role="img" aria-label={label}>
      {marks.map(([bin, worst, count]) => (
        <rect
          key={bin}
          x={bin + 0.08}
          width={0.84}
          y={worst >= 2 ? 0 : worst === 1 ? 3 : 5}
          height={worst >= 2 ? 10 : worst === 1 ? 7 : 5}
          class={severityNames[worst]}
        >
          <title>{`${count} from ${clock(first + (bin / bins) * length)}`}</title>
        </rect>
      ))}
    </svg>
  )
}

/** The ends of the time that strips show. */
export const StripScale = ({ first, last }: { first: number; last: number }) => (
  <div class="scale">
    <span>{clock(first).slice(0, 16)}</span>
    <span>{clock(first + (last - first) / 2).slice(0, 16)}</span>
    <span>{clock(last).slice(0, 16)} UTC</span>
  </div>
)
