import type { Command } from 'commander'
import { scopeFormats } from '../../report/index.ts'
import {
  fileWish,
  followLinksOption,
  forceOption,
  formatOption,
  fromOption,
  jobsOption,
  outOption,
  pathsArgument,
  quietOption,
  settingsOption,
  sourceOption,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareScope(program: Command): void {
  program
    .command('scope')
    .description('where else what a finding shows is met: definition, files, command, task, actor, address')
    .argument('<id>', 'a finding of the scan of these paths, or of --from')
    .addArgument(pathsArgument())
    .addOption(fromOption())
    .addOption(formatOption(Object.keys(scopeFormats), 'text'))
    .option('--fail-on-hit', 'exit with 1 when another host shows any of it', false)
    .option('--baseline <file>', 'weigh against what learn wrote, as in scan')
    .addOption(settingsOption())
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (id: string, paths: string[], options) => {
      const {
        from = null,
        format,
        failOnHit,
        baseline = null,
        settings = null,
        jobs,
        source = null,
        followLinks,
        quiet,
      } = options
      const kept = [from, settings, baseline === 'none' ? null : baseline].filter((path) => path !== null)
      await runCommand(
        'scope',
        { id, paths, from, format, failOnHit, baseline, settings, jobs, source, followLinks, quiet },
        { inputs: [...paths, ...kept], followLinks, out: fileWish(options), quiet },
      )
    })
}
