import { isAmongWindowsOwn, matchesInbox } from '../../model/windows/inbox/index.ts'
import { comparablePath, isInProgramFiles } from '../../model/windows/location.ts'
import { claimsMicrosoft, isOfMicrosoft } from '../../model/windows/microsoft.ts'
import type { Check } from '../check.ts'

/** Author or path say Microsoft, the program is not where Microsoft's programs are. */
export const pretends: Check = {
  id: 'pretends',
  find({ path, file, cached, job, listed }) {
    if (job) return undefined
    const author = file?.definition?.registrationInfo.author ?? cached?.author ?? listed?.author ?? ''
    const actions = [...(cached?.actions ?? []), ...(file?.definition?.actions ?? []), ...(listed?.actions ?? [])]
    const isPlaced = isAmongWindowsOwn(path)
    if ((!isPlaced && !claimsMicrosoft(author)) || matchesInbox(path, actions) === 'same') return undefined
    // Makers of devices keep tasks among Windows' own, too.
    const isOfVendor = (command: string) => isPlaced && isInProgramFiles(comparablePath(command).replaceAll('"', ''))
    const foreign = actions.find((a) => a.kind === 'exec' && !isOfMicrosoft(a.command) && !isOfVendor(a.command))
    const claims = isPlaced ? 'lies among Windows’ own tasks' : 'names Microsoft as its author'
    return foreign?.kind === 'exec'
      ? { id: 'pretends', says: `It ${claims}, but what it starts is not Microsoft’s: ${foreign.command}` }
      : undefined
  },
}
