import type { Chain } from '../model/chain.ts'

/** What a chain is called, as the input writes it: its task, the log that was cleared, or the process whose task is not known. */
export function titleOf(chain: Chain): string {
  if (chain.kind === 'log-cleared') return `log ${chain.log} ${chain.how === 'cleared' ? 'cleared' : 'wiped'}`
  if (chain.taskPath !== null) return chain.taskPath
  const root = chain.runs[0]?.processes[0]
  return root ? `unknown task: ${root.commandLine ?? root.image ?? '?'}` : '(task not named)'
}
