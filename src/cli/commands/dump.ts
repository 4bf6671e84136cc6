import type { Command } from 'commander'
import {
  fileWish,
  followLinksOption,
  forceOption,
  outOption,
  pathsOf,
  quietOption,
  refuseEmptySpan,
  sourceOption,
  time,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareDump(program: Command): void {
  program
    .command('dump')
    .description('print every record as a line of JSON')
    .argument('<paths...>', 'EVTX files, folders or archives that hold them, or - for standard input', pathsOf)
    .addOption(outOption())
    .addOption(forceOption())
    .option('--since <time>', 'only records from this UTC time on', time)
    .option('--until <time>', 'only records before this UTC time', time)
    .addOption(sourceOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      refuseEmptySpan(options)
      const { since = null, until = null, source = null, followLinks, quiet } = options
      await runCommand(
        'dump',
        { paths, since, until, source, followLinks, quiet },
        { inputs: paths, followLinks, out: fileWish(options), quiet },
      )
    })
}
