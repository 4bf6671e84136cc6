import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDemo } from '../lab/demo-incident.ts'
import { score } from '../measure/score.ts'
import { readTruth } from '../measure/truth.ts'
import { printScan, type ScanOptions } from './scan-command.ts'
import { told } from './validate-command.ts'

/** `tasktrail demo`: writes a small incident as EVTX files, scans it, and says where that meets the truth. */
export async function demoCommand(folder: string, options: ScanOptions): Promise<number> {
  writeDemo(folder)
  const { result, code } = await printScan([folder], options)
  if (options.quiet) return code
  const truth = readTruth(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')))
  const lines = ['', `The logs of this incident are in ${folder}, what is true of it in ${folder}/truth.json.`]
  if (typeof truth !== 'string') {
    const { attacks, changes, route, falseAlarms } = score(told(result), truth)
    const share = ({ right, of }: { readonly right: number; readonly of: number }) => `${right} of ${of}`
    lines.push(
      `Against the truth (lab figures): ${share(attacks)} attacks found, ${share(changes)} changes in all, ${share(route)} with the right route; false alarms: ${falseAlarms.length}.`,
    )
  }
  lines.push(`All chains, also the ordinary ones: npx tasktrail scan --all ${folder}`)
  process.stderr.write(`${lines.join('\n')}\n`)
  return code
}
