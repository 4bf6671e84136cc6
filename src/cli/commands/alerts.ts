import { type Command, Option } from 'commander'
import { atLeastOne } from '../options.ts'
import { runCommand } from '../run-command.ts'
import { dataOption } from './serve.ts'

export function declareAlerts(program: Command): void {
  const alerts = program.command('alerts').description('what the service told of findings, and to whom')
  alerts
    .command('list')
    .description('print alerts and what became of them, the newest first')
    .addOption(new Option('--state <state>', 'only those').choices(['waiting', 'delivered', 'dead']))
    .addOption(new Option('--limit <n>', 'how many').argParser(atLeastOne).default(100))
    .addOption(dataOption())
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(({ state = null, limit, data, format }) =>
      runCommand('alerts-list', { state, limit, data, format }, noFiles),
    )
  alerts
    .command('resend [id]')
    .description('send again what was given up, or one alert whatever became of it; the service may run meanwhile')
    .option('--target <name>', 'to this receiver alone: webhook, elasticsearch or file')
    .addOption(dataOption())
    .action((id: string | undefined, { target = null, data }) =>
      runCommand('alerts-resend', { id: id ?? null, target, data }, noFiles),
    )
}

const noFiles = { inputs: [], out: null, quiet: true }
