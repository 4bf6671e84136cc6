import { type Command, Option } from 'commander'
import { atLeastOne, fileWish, forceOption, formatOption, outOption, share } from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareLab(program: Command): void {
  const lab = program
    .command('lab')
    .description('labelled telemetry made to order, to prove and to measure the analytic with')
  declareMake(lab)
  declareAttacks(lab)
  declareScore(lab)
}

function declareMake(lab: Command): void {
  lab
    .command('make')
    .description('make the telemetry of an invented fleet: event logs, task files, registry, and what is true of it')
    .option('--hosts <n>', 'how many hosts', atLeastOne, 5)
    .option('--days <n>', 'how many days, from a Monday on', atLeastOne, 3)
    .option('--seed <n>', 'the same seed makes the same bytes', atLeastOne, 1)
    .addOption(
      new Option('--profile <kind>', 'what kind of hosts')
        .choices(['workstation', 'server', 'dc', 'mixed'])
        .default('mixed'),
    )
    .addOption(
      new Option('--noise <level>', 'how much ordinary life').choices(['quiet', 'normal', 'busy']).default('normal'),
    )
    .option('--attack <name...>', 'attacks by name or name/variant, each once; `all` for every one', [])
    .option(
      '--channels <name...>',
      'only these channels, by a part of their names: security, sysmon, task, powershell',
      [],
    )
    .option('--no-command-lines', '4688 without command lines')
    .option(
      '--security-days <n>',
      'how many days the Security log has room for; older records are gone',
      atLeastOne,
      1_000_000,
    )
    .option(
      '--format <name>',
      'evtx, forwarded (one log of a collector), or the name of a carrier: winlogbeat-8, nxlog, …',
      'evtx',
    )
    .requiredOption('--out <folder>', 'where to write')
    .addOption(forceOption())
    .option('--quiet', 'no diagnostics', false)
    .action(async (options) => {
      const { out, force, quiet, ...wanted } = options
      await runCommand(
        'lab-make',
        { ...wanted, quiet },
        { inputs: [], out: { path: out, kind: 'folder', force }, quiet },
      )
    })
}

function declareAttacks(lab: Command): void {
  lab
    .command('attacks')
    .description('list the attacks that the lab can make, and which telemetry shows them')
    .addOption(formatOption(['text', 'markdown'], 'text'))
    .action(async ({ format }: { format: 'text' | 'markdown' }) => {
      await runCommand('lab-attacks', { format }, { inputs: [], out: null, quiet: true })
    })
}

function declareScore(lab: Command): void {
  lab
    .command('score')
    .description(
      'hold the findings of a scan against what is true: recall, routes, actors, precision, a curve over the threshold',
    )
    .argument('<findings>', 'what `scan --all --format jsonl` printed')
    .argument('<truth>', 'truth.json of `lab make`, or the manifest of a labelled set')
    .addOption(formatOption(['text', 'json', 'junit'], 'text'))
    .addOption(outOption())
    .addOption(forceOption())
    .option('--min-recall <share>', 'exit with 1 when fewer attack chains are at medium or above', share)
    .option('--min-precision <share>', 'exit with 1 when fewer findings at medium or above belong to an attack', share)
    .option('--min-route <share>', 'exit with 1 when fewer changes have the right route', share)
    .option('--min-user <share>', 'exit with 1 when fewer changes have the right user', share)
    .option('--min-process <share>', 'exit with 1 when fewer changes have the right process', share)
    .action(async (findings: string, truth: string, options) => {
      const { minRecall: recall, minPrecision: precision, minRoute: route, minUser: user, minProcess } = options
      const bounds = { recall, precision, route, user, process: minProcess }
      await runCommand(
        'lab-score',
        { findings, truth, format: options.format, bounds },
        { inputs: [findings, truth], out: fileWish(options), quiet: true },
      )
    })
}
