import { isOwnFault, ownFault, type Problem } from '../model/problem.ts'

/** What the operating system says, without the path, which stands beside it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const said = error.message
    .replace('syscall' in error ? /, \w+(?: '.*')?$/s : /, \w+ '.*'$/s, '')
    .replace(/^[A-Z]+: /, '')
  return code === undefined ? said : `${said} (${code})`
}

/** An input that could not be read to its end, and whether that is its fault or ours. */
export const cannotRead = (file: string, error: unknown): Problem =>
  isOwnFault(error)
    ? ownFault(file, error)
    : { file, offset: null, chunk: null, code: 'cannot-read', reason: reasonOf(error) }
