import { type Command, Option } from 'commander'
import {
  fileWish,
  followLinksOption,
  forceOption,
  formatOption,
  jobsOption,
  outOption,
  pathsOf,
  quietOption,
  time,
} from '../options.ts'
import { runCommand } from '../run-command.ts'

export function declareValidate(program: Command): void {
  program
    .command('validate')
    .description(
      'prove that the analytic works: on telemetry of your own with --expect or --preset, else on attacks made by the lab',
    )
    .argument('[paths...]', 'telemetry in which something was done on purpose', pathsOf)
    .option('--expect <file>', 'YAML with what was done: host, time, task or command, route, whether it ran')
    .option(
      '--preset <name...>',
      'tests that were run: atomic-T1053.005, atomic-T1053.002; needs --host and --time',
      [],
    )
    .option('--host <name>', 'where the tests of the presets ran')
    .option('--time <time>', 'when, UTC', time)
    .option('--within <span>', 'how far off the time may be: 90s, 30m, 2h (default: 2h)')
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 when a case is missed, or is short of anything that was expected')
        .choices(['missed', 'short', 'none'])
        .default('missed'),
    )
    .addOption(formatOption(['text', 'json', 'junit'], 'text'))
    .addOption(outOption())
    .addOption(forceOption())
    .addOption(jobsOption())
    .addOption(followLinksOption())
    .addOption(quietOption())
    .action(async (paths: string[], options) => {
      const { expect, preset, host, time: at, within, failOn, format, jobs, followLinks, quiet } = options
      const out = fileWish(options)
      if (paths.length === 0 && expect === undefined && preset.length === 0) {
        return await runCommand('standard-cases', { format, quiet }, { inputs: [], out, quiet })
      }
      await runCommand(
        'validate',
        { paths, expect, preset, host, time: at, within, failOn, format, jobs, followLinks, quiet },
        { inputs: expect === undefined ? paths : [...paths, expect], followLinks, out, quiet },
      )
    })
}
