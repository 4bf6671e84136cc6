/** What a reason of the score looks at: the task and who made it, what its runs did, or what stands around the two. */
export type FactorPart = 'change' | 'ran' | 'around'

const ran: ReadonlySet<string> = new Set([
  ...['bad-signature', 'discovery', 'hijacked-task', 'new-offspring', 'offspring', 'offspring-trait'],
  ...['planted-module', 'rare-offspring', 'connects-outside', 'renamed-copy', 'other-account'],
])

/** How common it is, what happened beside it, and whether the sources agree about it. */
const around: ReadonlySet<string> = new Set([
  ...['rare-action', 'rare-maker', 'timestomp', 'log-cleared', 'log-wiped', 'installer', 'own-run'],
  ...['actions-differ', 'asked-otherwise', 'hash-differs', 'hidden-by-descriptor', 'index-zero', 'no-file'],
  ...['no-registry', 'pretends', 'registry-doubts', 'registry-oddities', 'unaudited-creation', 'unknown-class'],
  'uri-differs',
])

/** What a run was seen doing has ids of its own, which begin so; that a task was made to run at once is the change's. */
const isOfRun = (id: string): boolean => ran.has(id) || (id.startsWith('run-') && id !== 'run-at-once')

/** Of a factor by its id; what a definition shows is the change's. */
export const factorPart = (id: string): FactorPart => (isOfRun(id) ? 'ran' : around.has(id) ? 'around' : 'change')
