import { type Command, Option } from 'commander'
import { sweepLanguages } from '../../hunt/index.ts'
import {
  fileWish,
  followLinksOption,
  forceOption,
  fromOption,
  jobsOption,
  outOption,
  pathsOf,
  quietOption,
  sourceOption,
} from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runCommand } from '../run-command.ts'

export function declareSweep(program: Command): void {
  program
    .command('sweep')
    .description('queries for what a finding shows, to run in a SIEM or on endpoints: narrow ones, then wide ones')
    .argument('<id>', 'a finding of the scan of these paths, or of --from')
    .argument('[paths...]', 'evidence, unless the finding is in --from', pathsOf)
    .addOption(
      new Option('--for <language>', 'in which language').choices(Object.keys(sweepLanguages)).makeOptionMandatory(),
    )
    .addOption(fromOption())
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (id: string, paths: string[] | undefined, options) => {
      const { from = null, for: language, jobs, source = null, followLinks, quiet } = options
      const given = paths ?? []
      if (from === null && given.length === 0) throw new UsageError('give the evidence, or --from with findings')
      if (from !== null && given.length > 0)
        throw new UsageError('with --from the finding is known: no evidence is read')
      await runCommand(
        'sweep',
        { id, paths: given, from, language, jobs, source, followLinks, quiet },
        { inputs: from === null ? given : [from], followLinks, out: fileWish(options), quiet },
      )
    })
}
