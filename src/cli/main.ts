#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type Severity, severities } from '../model/finding.ts'
import { parseInstant } from '../model/time.ts'
import { forcibleKinds } from '../sources/forced-kind.ts'
import { exitCodes } from './exit-codes.ts'
import { OutputClosed } from './output.ts'

// Commands are loaded when they are called: `--help` and `--version` need none of them.

const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

function time(text: string): number {
  const instant = parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (!instant) throw new InvalidArgumentError('Give a UTC time such as 2024-05-01 or 2024-05-01T13:00:00Z.')
  return instant.time
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError('Give a whole number from 1 to 64.')
  return number
}

function atLeastOne(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000)
    throw new InvalidArgumentError('Give a whole number from 1 to 1000000.')
  return number
}

const program = new Command('tasktrail')
  .description('Who scheduled what on a Windows host, how, what did it then run, and is that out of the ordinary.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(add --help for the options)')

program
  .command('scan')
  .description('find scheduled tasks that were created or changed, what they ran, and what is out of the ordinary')
  .argument(
    '<paths...>',
    'event logs, task files, SOFTWARE hives, folders or archives (zip, tar) that hold them, or - for standard input',
  )
  .option('--all', 'also print chains that are not findings', false)
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'jsonl']).default('text'))
  .option('--out <file>', 'write the report to a file instead of stdout')
  .option('--since <time>', 'print only what happened from this UTC time on; earlier records are still used', time)
  .option('--until <time>', 'print only what happened before this UTC time', time)
  .option('--host <name>', 'print only this host')
  .option('--jobs <n>', 'threads that read (default: one for each core)', count)
  .addOption(new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above this').choices(severities))
  .addOption(
    new Option('--source <kind>', 'take every log for this kind, whatever it looks like').choices(forcibleKinds),
  )
  .option(
    '--explain-input',
    'print what each input was taken for and what its first event was read as, and nothing else',
    false,
  )
  .option('--quiet', 'no progress and no diagnostics', false)
  .action(async (paths: string[], options) => {
    if (options.explainInput) {
      const { explainCommand } = await import('./explain-command.ts')
      const { format, source = null } = options
      process.exitCode = await explainCommand(paths, { format, source })
      return
    }
    const { scanCommand } = await import('./scan-command.ts')
    process.exitCode = await scanCommand(paths, {
      all: options.all,
      format: options.format,
      out: options.out,
      since: options.since ?? null,
      until: options.until ?? null,
      host: options.host?.toLowerCase() ?? null,
      jobs: options.jobs,
      source: options.source ?? null,
      quiet: options.quiet,
      failOn: options.failOn as Severity | undefined,
    })
  })

program
  .command('inventory')
  .description('list every task on every host with where it is known from: logs, task files, registry, .job files')
  .argument(
    '<paths...>',
    'event logs, task files, SOFTWARE hives, folders or archives (zip, tar) that hold them, or - for standard input',
  )
  .addOption(
    new Option('--format <format>', 'how to print').choices(['table', 'json', 'jsonl', 'csv']).default('table'),
  )
  .option('--out <file>', 'write to a file instead of stdout')
  .option('--host <name>', 'only this host')
  .option('--jobs <n>', 'threads that read (default: one for each core)', count)
  .addOption(
    new Option('--source <kind>', 'take every log for this kind, whatever it looks like').choices(forcibleKinds),
  )
  .option('--quiet', 'no progress and no diagnostics', false)
  .action(async (paths: string[], options) => {
    const { inventoryCommand } = await import('./inventory-command.ts')
    process.exitCode = await inventoryCommand(paths, {
      format: options.format,
      out: options.out,
      host: options.host?.toLowerCase() ?? null,
      jobs: options.jobs,
      source: options.source ?? null,
      quiet: options.quiet,
    })
  })

program
  .command('diff')
  .description('compare two inventories that were written with --format json or jsonl')
  .argument('<old>', 'the older inventory')
  .argument('<new>', 'the newer inventory')
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'jsonl']).default('text'))
  .option('--out <file>', 'write to a file instead of stdout')
  .action(async (older: string, newer: string, options) => {
    const { diffCommand } = await import('./inventory-command.ts')
    process.exitCode = diffCommand(older, newer, { format: options.format, out: options.out })
  })

program
  .command('dump')
  .description('print every record as a line of JSON')
  .argument('<paths...>', 'EVTX files, folders or archives that hold them, or - for standard input')
  .option('--out <file>', 'write to a file instead of stdout')
  .option('--since <time>', 'only records from this UTC time on', time)
  .option('--until <time>', 'only records before this UTC time', time)
  .addOption(
    new Option('--source <kind>', 'take every log for this kind, whatever it looks like').choices(forcibleKinds),
  )
  .option('--quiet', 'no progress and no diagnostics', false)
  .action(async (paths: string[], options) => {
    const { dumpCommand } = await import('./dump-command.ts')
    process.exitCode = await dumpCommand(paths, {
      source: options.source ?? null,
      out: options.out,
      since: options.since ?? null,
      until: options.until ?? null,
      quiet: options.quiet,
    })
  })

program
  .command('demo')
  .description('write a small incident on three invented hosts as EVTX files, and scan it')
  .option('--out <folder>', 'where to write the logs', 'tasktrail-demo')
  .option('--quiet', 'no hints', false)
  .action(async (options) => {
    const { demoCommand } = await import('./demo-command.ts')
    const everything = {
      all: false,
      format: 'text',
      out: undefined,
      since: null,
      until: null,
      host: null,
      jobs: 1,
      source: null,
      failOn: undefined,
    } as const
    process.exitCode = await demoCommand(options.out, { ...everything, quiet: options.quiet })
  })

program
  .command('validate')
  .description(
    'prove that the analytic works: on telemetry of your own with --expect or --preset, else on attacks made by the lab',
  )
  .argument('[paths...]', 'telemetry in which something was done on purpose')
  .option('--expect <file>', 'YAML with what was done: host, time, task or command, route, whether it ran')
  .option('--preset <name...>', 'tests that were run: atomic-T1053.005, atomic-T1053.002; needs --host and --time', [])
  .option('--host <name>', 'where the tests of the presets ran')
  .option('--time <time>', 'when, UTC')
  .option('--within <span>', 'how far off the time may be: 90s, 30m, 2h (default: 2h)')
  .addOption(
    new Option('--fail-on <what>', 'exit with 1 when a case is missed, or is short of anything that was expected')
      .choices(['missed', 'short', 'none'])
      .default('missed'),
  )
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'junit']).default('text'))
  .option('--out <file>', 'write to a file instead of stdout')
  .option('--jobs <n>', 'threads that read (default: one for each core)', count)
  .option('--quiet', 'no progress and no diagnostics', false)
  .action(async (paths: string[], options) => {
    if (paths.length === 0 && options.expect === undefined && options.preset.length === 0) {
      const { standardCasesCommand } = await import('./standard-cases.ts')
      process.exitCode = await standardCasesCommand(options)
      return
    }
    const { validateCommand } = await import('./validate-command.ts')
    process.exitCode = await validateCommand(paths, options)
  })

const lab = program
  .command('lab')
  .description('labelled telemetry made to order, to prove and to measure the analytic with')

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
  .option('--quiet', 'no diagnostics', false)
  .action(async (options) => {
    const { labMakeCommand } = await import('./lab-command.ts')
    process.exitCode = labMakeCommand(options)
  })

lab
  .command('attacks')
  .description('list the attacks that the lab can make, and which telemetry shows them')
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'markdown']).default('text'))
  .action(async (options) => {
    const { labAttacksCommand } = await import('./lab-command.ts')
    process.exitCode = labAttacksCommand(options)
  })

const share = (text: string): number => {
  const number = Number(text)
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError('Give a share from 0 to 1.')
  return number
}

lab
  .command('score')
  .description(
    'hold the findings of a scan against what is true: recall, routes, actors, precision, a curve over the threshold',
  )
  .argument('<findings>', 'what `scan --all --format jsonl` printed')
  .argument('<truth>', 'truth.json of `lab make`, or the manifest of a labelled set')
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'junit']).default('text'))
  .option('--out <file>', 'write to a file instead of stdout')
  .option('--min-recall <share>', 'exit with 1 when fewer attack chains are at medium or above', share)
  .option('--min-precision <share>', 'exit with 1 when fewer findings at medium or above belong to an attack', share)
  .option('--min-route <share>', 'exit with 1 when fewer changes have the right route', share)
  .option('--min-user <share>', 'exit with 1 when fewer changes have the right user', share)
  .option('--min-process <share>', 'exit with 1 when fewer changes have the right process', share)
  .action(async (findings: string, truth: string, options) => {
    const { labScoreCommand } = await import('./lab-score-command.ts')
    const { minRecall: recall, minPrecision: precision, minRoute: route, minUser: user, minProcess } = options
    process.exitCode = labScoreCommand(findings, truth, {
      format: options.format,
      out: options.out,
      bounds: { recall, precision, route, user, process: minProcess },
    })
  })

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  else if (error instanceof OutputClosed) process.exitCode = exitCodes.done
  else if (error instanceof Error && ('code' in error || error.name === 'UsageError')) {
    process.stderr.write(`tasktrail: ${error.message}\n`)
    process.exitCode = exitCodes.usage
  } else throw error
}
