import type { Command } from 'commander'
import {
  fileWish,
  followLinksOption,
  forceOption,
  formatOption,
  jobsOption,
  outOption,
  pathsArgument,
  quietOption,
  settingsOption,
  sourceOption,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareExplain(program: Command): void {
  program
    .command('explain')
    .description(
      'one finding in full: what each reason rests on, what ties its parts, what would have changed the verdict, which log is missing',
    )
    .argument('<id>', 'of a finding of the scan of these paths, or its beginning')
    .addArgument(pathsArgument())
    .addOption(formatOption(['text', 'json'], 'text'))
    .option('--baseline <file>', 'weigh against what learn wrote, as in scan')
    .addOption(settingsOption())
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (id: string, paths: string[], options) => {
      const { format, baseline = null, settings = null, jobs, source = null, followLinks, quiet } = options
      const read = [...paths, ...[baseline === 'none' ? null : baseline, settings].filter((path) => path !== null)]
      await runCommand(
        'explain',
        { id, paths, format, baseline, settings, jobs, source, followLinks, quiet },
        { inputs: read, followLinks, out: fileWish(options), quiet },
      )
    })
}
