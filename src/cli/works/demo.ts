import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDemo } from '../../lab/demo-incident.ts'
import { score } from '../../measure/score.ts'
import { readTruth } from '../../measure/truth.ts'
import { abandon, commit, type Reserved, reserve, writingTo } from '../outputs.ts'
import { writePage } from '../page-file.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJson } from '../text-file.ts'
import { printScan, recordsOf } from './scan.ts'
import { told } from './told.ts'

export interface DemoWanted {
  readonly force: boolean
  readonly quiet: boolean
}

/** Of the page, beside the logs that it tells of. */
const pageName = 'findings.html'

/** `tasktrail demo`: writes a small incident as EVTX files, scans it, and says where that meets the truth. */
export async function demoWork({ force, quiet }: DemoWanted, around: Surroundings): Promise<number> {
  const out = around.out as Reserved
  writingTo(out, writeDemo)
  // The demo is the same every time: to write it once more over itself harms nothing. Among evidence it would be found as such.
  const other = force ? undefined : (firstForeign(out.partial, out.final) ?? firstDifferent(out.partial, out.final))
  if (other !== undefined) {
    abandon(out)
    throw new UsageError(
      `${join(out.name, other)} is there already: name another folder, or write into it with --force`,
    )
  }
  const hosts = readdirSync(out.partial, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  commit(out)
  const paths = hosts.map(({ name }) => join(out.name, name))
  const { result, code } = await printScan({ ...wholeScan, paths, quiet }, { ...around, out: null })
  const page = join(out.name, pageName)
  writePage(reserve({ path: page, kind: 'file', force: true }, paths), result, {
    ...wholeScan,
    recordOf: await recordsOf(result, { ...wholeScan, paths }, around),
  })
  if (quiet) return code
  const truthPath = join(out.name, 'truth.json')
  const truth = readTruth(parseJson(readFileSync(truthPath, 'utf8'), truthPath))
  const lines = ['', `The logs of this incident are in ${out.name}, what is true of it in ${truthPath}.`]
  if ('value' in truth) {
    const { attacks, changes, route, falseAlarms } = score(told(result), truth.value)
    const share = ({ right, of }: { readonly right: number; readonly of: number }) => `${right} of ${of}`
    lines.push(
      `Against the truth (lab figures): ${share(attacks)} attacks found, ${share(changes)} changes in all, ${share(route)} with the right route; false alarms: ${falseAlarms.length}.`,
    )
  }
  lines.push(`All chains, also the ordinary ones: npx tasktrail scan --all ${join(out.name, '*.example.test')}`)
  lines.push('', `Now open ${page} in a browser: the same as a page, with the whole story of each finding.`)
  around.say(lines.join('\n'))
  return code
}

const wholeScan = {
  all: false,
  format: 'text',
  since: null,
  until: null,
  host: null,
  jobs: 1,
  source: null,
  failOn: null,
  minSeverity: null,
  limit: undefined,
} as const

/** The first thing in `there` that is none of the demo's. */
const firstForeign = (made: string, there: string): string | undefined =>
  existsSync(there)
    ? readdirSync(there)
        .sort()
        .find((name) => name !== pageName && !existsSync(join(made, name)))
    : undefined

/** The first file of `made` that is otherwise in `there`. */
function firstDifferent(made: string, there: string): string | undefined {
  return readdirSync(made, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(made.length + 1))
    .sort()
    .find((file) => {
      const target = join(there, file)
      return existsSync(target) && !readFileSync(join(made, file)).equals(readFileSync(target))
    })
}
