import type { RunProcess } from '../../model/chain.ts'
import { splitProgram } from '../../model/command-line.ts'
import { countsOf, evidenceOf } from '../evidence-of.ts'
import { type Factor, quote } from '../factor.ts'
import { launchesOf } from '../launch.ts'
import { nameOf } from '../programs.ts'
import { type SightingId, sighting } from '../sightings.ts'
import type { Subject } from '../subject.ts'
import { intrusionTrait } from '../traits/code.ts'

const rest = ({ commandLine }: RunProcess): string => splitProgram(commandLine ?? '').rest.toLowerCase()

function isLateral(process: RunProcess): boolean {
  switch (nameOf(process.image)) {
    case 'psexec':
    case 'psexec64':
    case 'paexec':
    case 'winrs':
      return true
    case 'wmic':
      return /\/node:/.test(rest(process))
    case 'schtasks':
      return /\/s\s+(?!localhost)\S/.test(rest(process))
    case 'sc':
    case 'net':
    case 'net1':
      return /^(?:use\s+(?:\w:\s+)?)?\\\\(?!localhost|127\.)/.test(rest(process))
    case 'powershell':
    case 'pwsh':
      return /enter-pssession|new-pssession|invoke-command\s[^;|]{0,300}-computername|invoke-wmimethod\s[^;|]{0,300}-computername/.test(
        rest(process),
      )
    default:
      return false
  }
}

function isCollection(process: RunProcess): boolean {
  switch (nameOf(process.image)) {
    case 'rar':
    case 'winrar':
    case '7z':
    case '7za':
    case 'zip':
      return /^a\b|^"?a\s/.test(rest(process))
    case 'makecab':
    case 'rclone':
    case 'megasync':
    case 'winscp':
    case 'ftp':
    case 'tftp':
      return true
    case 'curl':
      return /(?:^|\s)(?:-t|-f|--upload-file|--form)\s/.test(rest(process))
    case 'powershell':
    case 'pwsh':
      return /compress-archive|uploadfile|uploadstring/.test(rest(process))
    default:
      return false
  }
}

const acts: readonly (readonly [id: SightingId, does: string, is: (process: RunProcess) => boolean])[] = [
  ['lateral', 'reached for another host', isLateral],
  ['collection', 'packed or sent data', isCollection],
]

/** As much of a run as shows what it is about. */
const mostLines = 64

/**
 * The run adds accounts, goes after credentials, opens a way to another host, switches a defence off, runs code that it fetches from a bare
 * address, or leaves its output where a stranger reads it. What the definition shows of it counts once, with the run.
 */
export const runIntrusion: Factor = {
  id: 'run-intrusion',
  weigh(subject) {
    const { roots, descendants } = subject
    const lines = new Set([...roots, ...descendants].map(({ commandLine, image }) => commandLine ?? image ?? ''))
    const launches = [...lines].slice(0, mostLines).flatMap(launchesOf)
    const shown = launches.find((launch) => intrusionTrait.seen({ ...subject, launches: [launch] }) !== undefined)
    if (shown === undefined) return undefined
    const [told, ran] = [evidenceOf(intrusionTrait.id), sighting('intrusion')]
    // What was seen to happen is never worth less than what was only asked for.
    const { bits, seen } = told.bits > ran.bits ? { bits: told.bits, seen: `so do ${countsOf(told)}` } : ran
    return { bits, says: `The run did what an intruder does next: ${quote(shown.line)}; ${seen}.` }
  },
}

/** What ran does what an intruder does next. Each act counts. */
export const intrusions: readonly Factor[] = [
  runIntrusion,
  ...acts.map(([id, does, is]) => ({
    id: `run-${id}`,
    weigh({ descendants }: Subject) {
      const found = descendants.find(is)
      if (!found) return undefined
      const { bits, seen } = sighting(id)
      return { bits, says: `The run ${does}: ${quote(found.commandLine ?? found.image ?? '')}; ${seen}.` }
    },
  })),
]
