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
  sourceOption,
} from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runCommand } from '../run-command.ts'

export function declareLearn(program: Command): void {
  program
    .command('learn')
    .description('learn from ordinary days what tasks on these hosts are and do, for scan --baseline')
    .addArgument(pathsArgument())
    .requiredOption('--out <file>', 'the baseline to write')
    .addOption(forceOption())
    .option('--merge', 'the paths are baselines: put them together', false)
    .option('--release <id...>', 'let these chains teach, which were held for being out of the ordinary', [])
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const { merge, release, jobs, source = null, followLinks, quiet } = options
      if (merge && paths.includes('-')) throw new UsageError('a baseline is a file: standard input cannot be one')
      await runCommand(
        'learn',
        { paths, merge, release, jobs, source, followLinks, quiet },
        { inputs: paths, followLinks, out: fileWish(options), quiet },
      )
    })
}

export function declareBaseline(program: Command): void {
  program
    .command('baseline')
    .description('look into a baseline that learn wrote')
    .command('show')
    .description('what is known: how long each host, the rarest and the commonest, and what was held')
    .argument('<file>', 'a baseline')
    .addOption(formatOption(['text', 'json'], 'text'))
    .addOption(outOption())
    .addOption(forceOption())
    .action(async (path: string, options) => {
      const { format } = options
      await runCommand('baseline-show', { path, format }, { inputs: [path], out: fileWish(options), quiet: true })
    })
}
