import { type Command, Option, type OptionValues } from 'commander'
import { severities } from '../../model/finding.ts'
import { scanFormats } from '../../report/formats.ts'
import {
  anyNumber,
  fileWish,
  followLinksOption,
  forceOption,
  hostOption,
  jobsOption,
  outOption,
  pathsArgument,
  quietOption,
  refuseEmptySpan,
  reportOption,
  settingsOption,
  sourceOption,
  time,
} from '../options.ts'
import { runCommand } from '../run-command.ts'
import type { ScanWanted } from '../works/scan.ts'

export function declareScan(program: Command): void {
  program
    .command('scan')
    .description('find scheduled tasks that were created or changed, what they ran, and what is out of the ordinary')
    .addArgument(pathsArgument())
    .option('--all', 'also print chains that are not findings', false)
    .addOption(new Option('--min-severity <severity>', 'print nothing below this').choices(severities).conflicts('all'))
    .option('--limit <n>', 'print the worst n findings (0: all; as text 30, alike ones as one)', anyNumber)
    .addOption(reportOption(scanFormats))
    .option('--table', 'as text: the table of the findings without their stories', false)
    .addOption(outOption())
    .option('--evidence <folder>', 'also keep the records that prove each finding, decoded and as they are')
    .option('--store <file>', 'also write all of it to a SQLite file, to be asked')
    .option('--html <file>', 'also write the findings as one page for a browser, which opens without a network')
    .addOption(forceOption())
    .option('--since <time>', 'print only what happened from this UTC time on; earlier records are still used', time)
    .option('--until <time>', 'print only what happened before this UTC time', time)
    .addOption(hostOption('print only this host'))
    .option('--hosts <file>', 'CSV of the hosts that there should be (name, role, owner): the page says which are not')
    .option('--baseline <file>', 'weigh against what learn wrote; `none`: against no other host (default: the input)')
    .addOption(settingsOption())
    .addOption(jobsOption())
    .addOption(new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above this').choices(severities))
    .addOption(sourceOption())
    .option(
      '--explain-input',
      'print what each input was taken for and what its first event was read as, and nothing else',
      false,
    )
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const { format, source = null, followLinks, quiet } = options
      const { baseline = null, settings = null, hosts = null, force } = options
      const others = [baseline === 'none' ? null : baseline, settings, hosts]
      const read = [...paths, ...others.filter((path) => path !== null)]
      const folder = options.evidence
      const beside = {
        store: fileWish({ out: options.store, force }),
        evidence: folder === undefined ? null : ({ path: folder, kind: 'folder', force } as const),
        html: fileWish({ out: options.html, force }),
      }
      const call = { inputs: read, followLinks, out: fileWish(options), beside, quiet }
      if (options.explainInput) return await runCommand('show-inputs', { paths, format, source, followLinks }, call)
      refuseEmptySpan(options)
      await runCommand('scan', scanWanted(paths, options), call)
    })
}

const scanWanted = (paths: string[], options: OptionValues): ScanWanted => ({
  paths,
  format: options.format,
  all: options.all,
  hosts: options.hosts ?? null,
  minSeverity: options.minSeverity ?? null,
  limit: options.limit === 0 ? null : options.limit,
  table: options.table,
  since: options.since ?? null,
  until: options.until ?? null,
  host: options.host ?? null,
  baseline: options.baseline ?? null,
  settings: options.settings ?? null,
  jobs: options.jobs,
  source: options.source ?? null,
  followLinks: options.followLinks,
  quiet: options.quiet,
  failOn: options.failOn ?? null,
})
