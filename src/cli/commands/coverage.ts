import { type Command, Option } from 'commander'
import { gradeNames } from '../../model/coverage-report.ts'
import { coverageFormats } from '../../report/formats.ts'
import {
  atLeastOne,
  fileWish,
  followLinksOption,
  forceOption,
  hostOption,
  jobsOption,
  outOption,
  pathsArgument,
  quietOption,
  reportOption,
  sourceOption,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareCoverage(program: Command): void {
  program
    .command('coverage')
    .description(
      'say what could have been seen: per host what is collected, since when, with which holes, what to switch on',
    )
    .addArgument(pathsArgument())
    .addOption(reportOption(coverageFormats))
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(hostOption('only this host'))
    .option('--hosts <file>', 'CSV of the hosts that there should be: name, role, owner')
    .addOption(
      new Option('--stale-after <days>', 'a host whose last record is older than the newest by more counts as silent')
        .argParser(atLeastOne)
        .default(7),
    )
    .addOption(new Option('--fail-under <grade>', 'exit with 1 when a host is below this').choices(gradeNames))
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const {
        format,
        host = null,
        hosts = null,
        staleAfter,
        failUnder = null,
        jobs,
        source = null,
        followLinks,
        quiet,
      } = options
      await runCommand(
        'coverage',
        { paths, format, host, hosts, staleDays: staleAfter, failUnder, jobs, source, followLinks, quiet },
        { inputs: hosts === null ? paths : [...paths, hosts], followLinks, out: fileWish(options), quiet },
      )
    })
}
