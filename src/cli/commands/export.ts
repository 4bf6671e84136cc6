import { Argument, type Command, InvalidArgumentError } from 'commander'
import { exportLanguages } from '../../hunt/index.ts'
import { fileWish, forceOption, outOption } from '../options.ts'
import { runCommand } from '../run-command.ts'

/** Minutes, hours or days, as Sigma and KQL both write them. */
function span(text: string): string {
  if (!/^[1-9]\d{0,3}[mhd]$/.test(text)) throw new InvalidArgumentError('Give a span such as 90m, 24h or 7d.')
  return text
}

export function declareExport(program: Command): void {
  program
    .command('export')
    .description('the analytic as far as a language of queries can say it, with what that loses')
    .addArgument(new Argument('<language>').choices(Object.keys(exportLanguages)))
    .option('--window <span>', 'ExecutionWindow: how long after a change a run counts as following it', span, '24h')
    .addOption(outOption())
    .addOption(forceOption())
    .action(async (language, options) => {
      await runCommand(
        'export',
        { language, window: options.window },
        { inputs: [], out: fileWish(options), quiet: true },
      )
    })
}
