import type { Command } from 'commander'
import { inventoryFormats } from '../../report/formats.ts'
import {
  fileWish,
  followLinksOption,
  forceOption,
  formatOption,
  hostOption,
  jobsOption,
  outOption,
  pathsArgument,
  quietOption,
  reportOption,
  sourceOption,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareInventory(program: Command): void {
  program
    .command('inventory')
    .description(
      'list every task on every host with where it is known from: logs, task files, registry, .job files, lists',
    )
    .addArgument(pathsArgument())
    .addOption(reportOption(inventoryFormats))
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(hostOption('only this host'))
    .addOption(jobsOption())
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const { format, host = null, jobs, source = null, followLinks, quiet } = options
      await runCommand(
        'inventory',
        { paths, format, host, jobs, source, followLinks, quiet },
        { inputs: paths, followLinks, out: fileWish(options), quiet },
      )
    })
}

export function declareDiff(program: Command): void {
  program
    .command('diff')
    .description('compare two inventories that were written with --format json or jsonl')
    .argument('<old>', 'the older inventory')
    .argument('<new>', 'the newer inventory')
    .addOption(formatOption(['text', 'jsonl'], 'text'))
    .addOption(outOption())
    .addOption(forceOption())
    .action(async (older: string, newer: string, options) => {
      const { format } = options
      await runCommand(
        'diff',
        { older, newer, format },
        { inputs: [older, newer], out: fileWish(options), quiet: true },
      )
    })
}
