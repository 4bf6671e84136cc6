import { readFileSync } from 'node:fs'
import { madeChain } from '../../src/lab/made-chains.ts'
import type { RunProcess } from '../../src/model/chain.ts'
import { comparablePath, isInWindows } from '../../src/model/windows/location.ts'
import type { Factor } from '../../src/score/factor.ts'
import { discovery } from '../../src/score/factors/discovery.ts'
import { intrusions } from '../../src/score/factors/intrusion.ts'
import { offspring } from '../../src/score/factors/offspring.ts'
import { otherAccount } from '../../src/score/factors/other-account.ts'
import { outside } from '../../src/score/factors/outside.ts'
import { renamed } from '../../src/score/factors/renamed.ts'
import { unknown } from '../../src/score/known.ts'
import type { RunSightingId } from '../../src/score/sightings.ts'
import { isScripted, type Subject, subjectOf } from '../../src/score/subject.ts'

/** One run of an ordinary task, as a line of the file has it. */
interface RealRun {
  readonly task: string | null
  readonly processes: readonly {
    readonly depth: number
    readonly image: string | null
    readonly commandLine: string | null
    readonly user: string | null
  }[]
}

type Tally = readonly [seen: number, of: number]

/** How many of the runs show what the factors about what ran look for, and how many could have. */
export function countRuns(path: string): Record<RunSightingId, Tally> {
  const subjects = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RealRun)
    .map(({ task, processes }) =>
      subjectOf(madeChain({ taskPath: task, runs: [{ processes: [...processes] }] }), unknown),
    )
  const scripted = subjects.filter(({ chain }) => isScripted(chain))
  const programs = subjects.filter(({ chain }) => !isScripted(chain))
  const ofWindows = programs.filter(isOfWindows)
  const others = programs.filter((subject) => !isOfWindows(subject))
  const tally = (among: readonly Subject[], shows: (subject: Subject) => boolean): Tally => [
    among.filter(shows).length,
    among.length,
  ]
  const startsRunner = (subject: Subject) => offspring.weigh(subject) !== undefined
  const shows = (factor: Factor) => (subject: Subject) => factor.weigh(subject) !== undefined
  const telling = (tells: (process: RunProcess) => boolean) =>
    subjects.filter(({ roots, descendants }) => [...roots, ...descendants].some(tells))
  const asks = (subject: Subject) => discovery.weigh(subject) !== undefined
  const does = (id: string) => (subject: Subject) =>
    intrusions.some((factor) => factor.id === `run-${id}` && factor.weigh(subject) !== undefined)
  return {
    'shell-below-windows': tally(ofWindows, startsRunner),
    'shell-below-program': tally(others, startsRunner),
    'discovery-below-program': tally(programs, asks),
    'discovery-below-script': tally(scripted, asks),
    lateral: tally(subjects, does('lateral')),
    intrusion: tally(subjects, does('intrusion')),
    collection: tally(subjects, does('collection')),
    'script-below-script': tally(scripted, startsRunner),
    // These need what the runs do not tell: connections, the names that files were built with, the task's principal.
    'outside-by-shell': tally(
      telling(({ outside: connection }) => connection !== null),
      shows(outside),
    ),
    'outside-by-program': tally(
      telling(({ outside: connection }) => connection !== null),
      shows(outside),
    ),
    'renamed-copy': tally(
      telling(({ originalFileName }) => originalFileName !== null),
      shows(renamed),
    ),
    'other-account': tally(
      subjects.filter(({ chain }) => chain.definition !== null),
      shows(otherAccount),
    ),
    'raised-below': tally(
      subjects.filter(({ descendants }) => descendants.length > 0),
      shows(otherAccount),
    ),
  }
}

const isOfWindows = ({ roots }: Subject): boolean => isInWindows(comparablePath(roots[0]?.image ?? ''))
