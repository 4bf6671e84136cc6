/** What the operating system says, without the path, which stands beside it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const said = error.message.replace(/, \w+ '.*'$/s, '').replace(/^[A-Z]+: /, '')
  return code === undefined ? said : `${said} (${code})`
}
