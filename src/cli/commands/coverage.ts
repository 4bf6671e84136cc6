import { type Command, Option } from 'commander'
import { gradeNames, usualStaleDays } from '../../model/coverage-report.ts'
import { coverageFormats } from '../../report/formats.ts'
import { mendForms } from '../../report/mend/index.ts'
import {
  atLeastOne,
  fileWish,
  followLinksOption,
  forceOption,
  hostOption,
  jobsOption,
  outOption,
  pathsOf,
  quietOption,
  reportOption,
  sourceOption,
} from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runCommand } from '../run-command.ts'

export function declareCoverage(program: Command): void {
  program
    .command('coverage')
    .description(
      'say what could have been seen: per host what is collected, since when, with which holes, what to switch on',
    )
    .argument('[paths...]', 'as scan reads them; with --compare nothing, with --mend if you like', pathsOf)
    .addOption(reportOption(coverageFormats))
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(hostOption('only this host'))
    .option('--hosts <file>', 'CSV of the hosts that there should be: name, role, owner')
    .addOption(
      new Option('--stale-after <days>', 'a host whose last record is older than the newest by more counts as silent')
        .argParser(atLeastOne)
        .default(usualStaleDays),
    )
    .addOption(new Option('--fail-under <grade>', 'exit with 1 when a host is below this').choices(gradeNames))
    .option('--compare <old new...>', 'what got better or worse between two files that were written with --format json')
    .addOption(
      new Option('--mend <form>', 'print what switches on all that is lacking; without paths, all that can be')
        .choices(mendForms)
        .conflicts(['compare', 'format', 'failUnder']),
    )
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
      const { compare = null, mend = null } = options
      const out = fileWish(options)
      if (compare !== null) {
        const [older, newer, ...more] = [...compare, ...paths]
        if (newer === undefined || more.length > 0)
          throw new UsageError('--compare takes two files: the older, the newer')
        return await runCommand(
          'coverage-compare',
          { older, newer, format },
          { inputs: [older, newer], out, quiet: true },
        )
      }
      if (paths.length === 0 && mend !== null) {
        return await runCommand('mend', { form: mend }, { inputs: [], out, quiet: true })
      }
      if (paths.length === 0) throw new UsageError('name what is to be read, or --compare two files')
      await runCommand(
        'coverage',
        { paths, format, mend, host, hosts, staleDays: staleAfter, failUnder, jobs, source, followLinks, quiet },
        { inputs: hosts === null ? paths : [...paths, hosts], followLinks, out, quiet },
      )
    })
}
