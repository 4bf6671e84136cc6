import { type Capability, capabilities, capabilityNames } from '../model/coverage.ts'
import type { ScanResult } from './result.ts'

/** Kinds of telemetry that no host of the input has. That there is no sensor is nothing where Windows' own logs are. */
export function notThere({ coverage }: Pick<ScanResult, 'coverage'>): Capability[] {
  if (coverage.length === 0) return []
  const isThere = (one: Capability) => coverage.some(({ spans }) => spans[one] !== undefined)
  return capabilities.filter(
    (one) => one !== 'task-sensor' && !isThere(one) && (one !== 'command-lines' || isThere('process-starts')),
  )
}

/** What is not in the input and what that means, in one sentence; undefined where each kind is there on some host. */
export function notThereText(result: Pick<ScanResult, 'coverage'>): string | undefined {
  const missing = notThere(result)
  if (missing.length === 0) return undefined
  const lacks = (...kinds: Capability[]) => kinds.every((kind) => missing.includes(kind))
  const hasSensor = result.coverage.some(({ spans }) => spans['task-sensor'] !== undefined)
  const means = [
    ...(lacks('task-audit', 'scheduler-log') && !hasSensor
      ? ['changes show by commands, files and the registry alone']
      : []),
    ...(lacks('process-starts', 'scheduler-log') ? ['no run can be seen'] : []),
    ...(lacks('process-starts') && !lacks('scheduler-log') ? ['what a run started cannot be seen'] : []),
  ]
  const names = missing.map((kind) => capabilityNames[kind]).join(', ')
  return `not in the input: ${names}${means.length > 0 ? `; ${means.join(', ')}` : ''} (tasktrail coverage PATH says more)`
}
