import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import { usualStaleDays } from '../../model/coverage-report.ts'
import { attestForms } from '../../report/attest/index.ts'
import {
  atLeastOne,
  fileWish,
  followLinksOption,
  forceOption,
  jobsOption,
  pathsArgument,
  quietOption,
  settingsOption,
} from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runCommand } from '../run-command.ts'

export function declareAttest(program: Command): void {
  program
    .command('attest')
    .description('write one page of what was looked at, what could have been seen and what was found, for an auditor')
    .addArgument(pathsArgument())
    .requiredOption('--out <file>', 'where to write it; its ending says the form: .html, .md or .json')
    .addOption(forceOption())
    .option('--hosts <file>', 'CSV of the hosts that there should be: name, role, owner')
    .addOption(
      new Option('--stale-after <days>', 'a host whose last record is older than the newest by more counts as silent')
        .argParser(atLeastOne)
        .default(usualStaleDays),
    )
    .option('--validate <file>', 'what validate --format json wrote')
    .option('--baseline <file>', 'weigh against what learn wrote (default: the hosts of the input against each other)')
    .addOption(settingsOption())
    .addOption(jobsOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const form = extname(options.out).toLowerCase()
      if (!Object.hasOwn(attestForms, form))
        throw new UsageError(`${options.out}: name a file that ends in ${Object.keys(attestForms).join(', ')}`)
      const { hosts = null, staleAfter, validate = null, baseline = null, settings = null } = options
      const { jobs, followLinks, quiet } = options
      const others = [hosts, validate, baseline, settings].filter((path) => path !== null)
      await runCommand(
        'attest',
        { paths, form, hosts, staleDays: staleAfter, validate, baseline, settings, jobs, followLinks, quiet },
        { inputs: [...paths, ...others], followLinks, out: fileWish(options), quiet },
      )
    })
}
