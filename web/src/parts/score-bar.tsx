import { Fragment } from 'preact'
import { type FactorPart, factorPart } from '../../../src/report/factor-parts.ts'
import type { FindingJson } from '../data/source.ts'
import { partWords, signed } from '../words.ts'

const order: readonly FactorPart[] = ['change', 'ran', 'around']
const marks: readonly (readonly [number, string])[] = [
  [3, 'low'],
  [8, 'medium'],
  [14, 'high'],
  [20, 'critical'],
]

/** Reasons as a bar whose pieces add up to the score, in three parts; what speaks for the task is taken off at its end. */
export function ScoreBar({ score }: { score: FindingJson['score'] }) {
  const factors = score.factors.filter(({ bits }) => bits !== 0)
  const inOrder = order.flatMap((part) => factors.filter(({ id, bits }) => bits > 0 && factorPart(id) === part))
  const least = factors.filter(({ bits }) => bits < 0)
  const top = inOrder.reduce((sum, { bits }) => sum + bits, 0)
  const off = least.reduce((sum, { bits }) => sum - bits, 0)
  const width = Math.max(top, 24)
  const share = (bits: number) => `${(bits / width) * 100}%`
  let at = 0
  return (
    <div class="score-bar">
      <div class="bar" role="img" aria-label={`${score.bits.toFixed(1)} bits of ${inOrder.length} reasons`}>
        {inOrder.map(({ id, bits }) => {
          const left = at
          at += bits
          return (
            <span
              key={id + left}
              class={`piece ${factorPart(id)}`}
              style={{ left: share(left), width: share(bits) }}
              title={`${signed(bits)} ${id}`}
            />
          )
        })}
        {off > 0 && (
          <span
            class="piece off"
            style={{ left: share(Math.max(top - off, 0)), width: share(Math.min(off, top)) }}
            title={`${signed(-off)} taken off`}
          />
        )}
        {marks.map(([bits, name]) => (
          <span key={name} class="mark" style={{ left: share(bits) }}>
            <i>{name}</i>
          </span>
        ))}
      </div>
      <p class="sum">
        {order.map((part) => {
          const bits = factors.reduce((sum, one) => sum + (factorPart(one.id) === part ? one.bits : 0), 0)
          return (
            <Fragment key={part}>
              <span class={`key ${part}`}>
                <b>{signed(bits)}</b> {partWords[part]}
              </span>{' '}
            </Fragment>
          )
        })}
        <span class="total">= {score.bits.toFixed(1)} bits</span>
      </p>
      {order.map((part) => {
        const own = factors.filter(({ id }) => factorPart(id) === part).sort((a, b) => b.bits - a.bits)
        if (own.length === 0) return null
        return (
          <div key={part} class="factors">
            <h3 class={`key ${part}`}>{partWords[part]}</h3>
            <ul>
              {own.map(({ id, bits, says }) => (
                <li key={id + says}>
                  <span class="bits">{signed(bits)}</span>
                  <span>
                    {says} <code class="dim">{id}</code>
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      {factors.length === 0 && <p class="dim">Nothing about it stands out.</p>}
    </div>
  )
}
