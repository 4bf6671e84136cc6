import type { Command } from 'commander'
import { forceOption } from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareDemo(program: Command): void {
  program
    .command('demo')
    .description('write a small incident on three invented hosts as EVTX files, and scan it')
    .option('--out <folder>', 'where to write the logs', 'tasktrail-demo')
    .addOption(forceOption())
    .option('--quiet', 'no hints', false)
    .action(async ({ out, force, quiet }: { out: string; force: boolean; quiet: boolean }) => {
      await runCommand('demo', { quiet, force }, { inputs: [], out: { path: out, kind: 'folder', force: true }, quiet })
    })
}
