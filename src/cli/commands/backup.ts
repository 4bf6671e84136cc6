import type { Command } from 'commander'
import { fileWish, forceOption, quietOption } from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareBackup(program: Command): void {
  program
    .command('backup <data>')
    .description(
      'write a whole copy of what a service keeps, also while it runs: put it into an empty folder as tasktrail.db',
    )
    .requiredOption('--out <file>', 'where to write it')
    .addOption(forceOption())
    .addOption(quietOption())
    .action(async (data: string, options) => {
      const { quiet } = options
      await runCommand('backup', { data, quiet }, { inputs: [], out: fileWish(options), quiet })
    })
}
