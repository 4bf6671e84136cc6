import { type ComponentChildren, Fragment } from 'preact'
import { counted } from '../../../src/model/counted.ts'
import type { FindingJson } from '../data/source.ts'
import { baseName, moment, span, startWords, timeOf } from '../words.ts'
import { ProcessTree } from './process-tree.tsx'
import { ScopeLink } from './small.tsx'

type Actor = NonNullable<FindingJson['change']>['actor']

interface Step {
  /** Null: nothing says when. */
  readonly time: string | null
  readonly kind: 'change' | 'run' | 'beside' | 'later' | 'missing'
  readonly title: ComponentChildren
  readonly body?: ComponentChildren
}

/** Less between two steps is no silence, in milliseconds. */
const silentFrom = 60_000

/** What happened, in the order of time, with what could not be seen where it is missing. */
export function Timeline({ finding }: { finding: FindingJson }) {
  const steps = stepsOf(finding)
  let before: number | null = null
  return (
    <ol class="timeline">
      {steps.map((step, number) => {
        const time = step.time === null ? null : timeOf(step.time)
        const gap = time !== null && before !== null ? time - before : null
        if (time !== null) before = time
        return (
          <Fragment key={number}>
            {gap !== null && gap >= silentFrom && (
              <li class="silence">
                <span />
                <span>{`${span(gap)} of silence`}</span>
              </li>
            )}
            <li class={step.kind}>
              <div class="at">
                {step.time === null ? (
                  <span class="dim">no time</span>
                ) : (
                  <>
                    <time dateTime={step.time}>{moment(step.time).slice(11, 23)}</time>
                    <span class="dim">
                      {gap === null || gap >= silentFrom ? step.time.slice(0, 10) : `+${span(gap)}`}
                    </span>
                  </>
                )}
              </div>
              <div class="step">
                <p class="step-title">{step.title}</p>
                {step.body}
              </div>
            </li>
          </Fragment>
        )
      })}
    </ol>
  )
}

function stepsOf(finding: FindingJson): Step[] {
  const { change, runs, circumstances, runSummary, blindSpots, kind } = finding
  const isTask = kind !== 'log-cleared'
  const missing = (title: string): Step => ({
    time: null,
    kind: 'missing',
    title,
    body: <BlindSpots spots={blindSpots} />,
  })
  const timed: Step[] = [
    ...(change ? [changeStep(change)] : []),
    ...circumstances.map(
      (one): Step => ({
        time: one.time,
        kind: 'beside',
        title: (
          <>
            <b>{one.kind.replaceAll('-', ' ')}</b> <Who actor={one.actor} />
          </>
        ),
        body: (
          <>
            <code class="command">{one.what}</code>
            {one.repeated && (
              <p class="dim">{`${counted(one.repeated.count, 'time')} up to ${moment(one.repeated.last)}`}</p>
            )}
          </>
        ),
      }),
    ),
    ...runs.map(runStep),
    ...(change?.laterChanges ?? []).map(
      (one): Step => ({
        time: one.time,
        kind: 'later',
        title: (
          <>
            <b>{one.kind}</b> <Who actor={one.actor} />
          </>
        ),
      }),
    ),
  ].sort((a, b) => order(a) - order(b))
  const count = runSummary?.count ?? runs.length
  const steps: Step[] = []
  if (!change && isTask) steps.push(missing('Its creation is not in the input'))
  steps.push(...timed.slice(0, 400))
  if (count > runs.length && runSummary)
    steps.push({
      time: null,
      kind: 'run',
      title: `${counted(count, 'run')} in all, ${moment(runSummary.first)} to ${moment(runSummary.last)}`,
    })
  if (change && runs.length === 0 && isTask && kind === 'chain' && change.kind !== 'deleted')
    steps.push(missing(finding.verdict === 'run-not-visible' ? 'A run could not have been seen' : 'No run was seen'))
  else if (change && runs.length > 0 && blindSpots.length > 0) steps.push(missing('Could not be seen'))
  else if (!isTask && blindSpots.length > 0) steps.push(missing('Could not be seen'))
  return steps
}

const order = ({ time }: Step): number => (time === null ? Number.POSITIVE_INFINITY : timeOf(time))

const BlindSpots = ({ spots }: { spots: readonly string[] }) =>
  spots.length === 0 ? null : (
    <ul class="blind">
      {spots.map((spot) => (
        <li key={spot}>{spot}</li>
      ))}
    </ul>
  )

export function Who({ actor }: { actor: Actor }) {
  const { user, sid, process, remote } = actor
  const name = user ?? sid
  const from = remote?.address ?? remote?.host ?? null
  return (
    <>
      {name !== null && (
        <>
          by <ScopeLink of="user" value={name} />{' '}
        </>
      )}
      {process?.image && <>{`with ${baseName(process.image)}${process.pid > 0 ? ` (${process.pid})` : ''} `}</>}
      {from !== null && (
        <>
          from <ScopeLink of="origin" value={from} />
        </>
      )}
    </>
  )
}

function changeStep(change: NonNullable<FindingJson['change']>): Step {
  const { kind, outcome, target, route, actor, confidence, because, differences, byOwnRun } = change
  const { process } = actor
  return {
    time: change.time,
    kind: 'change',
    title: (
      <>
        <b>{outcome === 'attempted' ? `${kind} (attempted${target === null ? '' : ` on ${target}`})` : kind}</b>
        {route === 'unknown' ? ' ' : ` through ${route} `}
        <Who actor={actor} />
      </>
    ),
    body: (
      <>
        {process?.commandLine && <code class="command">{process.commandLine}</code>}
        {process !== null && process.ancestry.length > 0 && (
          <p class="dim">
            started by{' '}
            {process.ancestry.map(({ image, pid, commandLine }, number) => (
              <span key={pid + String(number)} title={commandLine ?? ''}>
                {`${number > 0 ? ' ← ' : ''}${baseName(image)}${pid > 0 ? ` (${pid})` : ''}`}
              </span>
            ))}
          </p>
        )}
        <p class="dim">
          {`attribution ${confidence}: ${because}`}
          {byOwnRun && ' The task changed itself: a run of it did so.'}
        </p>
        {differences.length > 0 && (
          <ul class="differences">
            {differences.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </>
    ),
  }
}

function runStep(run: FindingJson['runs'][number]): Step {
  const { startedBy, requestedBy, result, outcome } = run
  return {
    time: run.time,
    kind: 'run',
    title: (
      <>
        <b>ran</b> {startWords[startedBy] ?? ''}{' '}
        {requestedBy && (
          <>
            asked for <Who actor={requestedBy} />
          </>
        )}
        <span class="dim">
          {outcome === null ? '' : `${outcome} `}
          {result === null ? '' : `result 0x${(result >>> 0).toString(16)}`}
        </span>
      </>
    ),
    body:
      run.processes.length > 0 ? (
        <ProcessTree run={run} />
      ) : (
        <p class="dim">Which processes it started was not seen.</p>
      ),
  }
}
