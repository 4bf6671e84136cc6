import type { Check } from '../check.ts'

const ofWindows =
  /^"?(?:[a-z]:\\windows\\|%windir%\\|%systemroot%\\|[a-z]:\\program files|%programfiles|[a-z]:\\programdata\\microsoft\\windows defender\\|%programdata%\\microsoft\\windows defender\\)/

/** Author, URI or path say Microsoft, the program is not where Microsoft's programs are. */
export const pretends: Check = {
  id: 'pretends',
  find({ path, file, cached, job }) {
    if (job) return undefined
    const author = (file?.definition?.registrationInfo.author ?? cached?.author ?? '').toLowerCase()
    const actions = [...(cached?.actions ?? []), ...(file?.definition?.actions ?? [])]
    const claims = path.toLowerCase().startsWith('\\microsoft\\windows\\')
      ? 'lies among Windows’ own tasks'
      : author.startsWith('microsoft')
        ? 'names Microsoft as its author'
        : null
    if (claims === null) return undefined
    // A program without a path is found in System32.
    const foreign = actions.find(
      (a) =>
        a.kind === 'exec' &&
        /[\\/]/.test(a.command) &&
        !ofWindows.test(a.command.toLowerCase()) &&
        !/\\microsoft\\/i.test(a.command),
    )
    return foreign?.kind === 'exec'
      ? { id: 'pretends', says: `It ${claims}, but what it starts is not Microsoft’s: ${foreign.command}` }
      : undefined
  },
}
