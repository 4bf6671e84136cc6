#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { faultText } from '../model/problem.ts'
import { declareAlerts } from './commands/alerts.ts'
import { declareAttack } from './commands/attack.ts'
import { declareAttest } from './commands/attest.ts'
import { declareBackup } from './commands/backup.ts'
import { declareBaseline, declareLearn } from './commands/baseline.ts'
import { declareCollector } from './commands/collector.ts'
import { declareCoverage } from './commands/coverage.ts'
import { declareDemo } from './commands/demo.ts'
import { declareDump } from './commands/dump.ts'
import { declareExplain } from './commands/explain.ts'
import { declareExport } from './commands/export.ts'
import { declareDiff, declareInventory } from './commands/inventory.ts'
import { declareLab } from './commands/lab.ts'
import { declareScan } from './commands/scan.ts'
import { declareScope } from './commands/scope.ts'
import { declareServe } from './commands/serve.ts'
import { declareSweep } from './commands/sweep.ts'
import { declareToken } from './commands/token.ts'
import { declareValidate } from './commands/validate.ts'
import { exitCodes } from './exit-codes.ts'
import { UsageError } from './refusals.ts'
import { version } from './version.ts'

const program = new Command('tasktrail')
  .description('Who scheduled what on a Windows host, how, what did it then run, and is that out of the ordinary.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(add --help for the options)')

for (const declare of [
  declareScan,
  declareExplain,
  declareInventory,
  declareCollector,
  declareCoverage,
  declareDiff,
  declareDump,
  declareDemo,
  declareLearn,
  declareBaseline,
  declareScope,
  declareSweep,
  declareExport,
  declareAttack,
  declareValidate,
  declareAttest,
  declareServe,
  declareToken,
  declareAlerts,
  declareBackup,
  declareLab,
]) {
  declare(program)
}

// No await at the top: bin/tasktrail.cjs loads this with require().
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  else if (error instanceof UsageError) {
    process.stderr.write(`tasktrail: ${error.message}\n`)
    process.exitCode = exitCodes.usage
  } else {
    process.stderr.write(`tasktrail: an error of its own: ${faultText(error)}\n`)
    process.exitCode = exitCodes.ownFault
  }
})
