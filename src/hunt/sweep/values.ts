import { splitProgram } from '../../model/command-line.ts'
import { isSid } from '../../model/windows/accounts.ts'
import { inboxTask } from '../../model/windows/inbox/index.ts'
import { type Traced, tracesOf } from '../traces.ts'
import type { SweepValues } from './probe.ts'

const algorithms = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
] as const)

/** What of a finding can be asked for elsewhere; `ran` are the command lines of what its runs started first. */
export function valuesOf(id: string, traced: Traced, ran: readonly string[]): SweepValues {
  const traces = tracesOf(traced)
  const of = (...kinds: readonly string[]) => traces.flatMap(({ kind, value }) => (kinds.includes(kind) ? [value] : []))
  const commands = of('command', 'request')
  // What an ordinary task ran says nothing, nor does a program alone.
  const lines = commands.length === 0 ? [] : ran.filter((line) => splitProgram(line).rest !== '')
  const hashes = traces.flatMap(({ kind, key }) => {
    const algorithm = kind === 'file-hash' ? algorithms.get(key.length as 32) : undefined
    return algorithm === undefined ? [] : [{ algorithm, hash: key }]
  })
  const { taskPath } = traced
  return {
    id,
    taskPath: taskPath === null || inboxTask(taskPath) !== undefined ? null : taskPath,
    commandLines: [...new Set([...commands, ...lines])],
    files: of('file'),
    hashes,
    users: of('actor').flatMap((user) => (isSid(user) ? [] : (user.split('\\').at(-1) ?? ''))),
    addresses: of('address').filter((address) => /^[\d.]+$|:/.test(address)),
  }
}
