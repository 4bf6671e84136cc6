import { Argument, type Command } from 'commander'
import { type CollectorForm, collectorForms } from '../../report/collector/index.ts'
import { fileWish, forceOption, outOption } from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareCollector(program: Command): void {
  program
    .command('collector')
    .description('print what collects from a Windows host all that is read of it: logs, tasks, hive, audit policy')
    .addArgument(new Argument('<form>', 'a script, a target or an artifact').choices(collectorForms))
    .addOption(outOption())
    .addOption(forceOption())
    .action(async (form: CollectorForm, options) => {
      await runCommand('collector', { form }, { inputs: [], out: fileWish(options), quiet: true })
    })
}
