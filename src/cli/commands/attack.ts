import type { Command } from 'commander'
import { attackFormats } from '../../report/index.ts'
import { fileWish, forceOption, formatOption, outOption, settingsOption } from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareAttack(program: Command): void {
  program
    .command('attack')
    .description('the analytic of MITRE ATT&CK that this implements, and what its mutable elements are set to')
    .addOption(formatOption(Object.keys(attackFormats), 'text'))
    .addOption(settingsOption())
    .addOption(outOption())
    .addOption(forceOption())
    .action(async (options) => {
      await runCommand(
        'attack',
        { format: options.format, settings: options.settings ?? null },
        { inputs: options.settings === undefined ? [] : [options.settings], out: fileWish(options), quiet: true },
      )
    })
}
