import { ownFaultCode } from '../model/problem.ts'
import type { ScanResult } from '../report/index.ts'
import { exitCodes } from './exit-codes.ts'

/** What a command's exit code says of the reading alone. */
export function readingExitCode({ unmet, problems }: ScanResult): number {
  if (problems.some(({ code }) => code === ownFaultCode)) return exitCodes.ownFault
  if (unmet !== null) return exitCodes.nothing
  return problems.length > 0 ? exitCodes.damaged : exitCodes.done
}
