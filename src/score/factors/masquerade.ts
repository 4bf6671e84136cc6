import { splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath, isInProgramFiles, isInWindows } from '../location.ts'
import { isMachineActor } from '../subject.ts'

/** OneDrive installs itself for one user and registers its updater, with Microsoft as the author, as that user. */
const oneDrive = /^[a-z]:\\users\\[^\\]+\\appdata\\local\\microsoft\\onedrive\\(?:[\d.]+\\)?onedrive[a-z]*\.exe$/

function isMicrosofts(action: string): boolean {
  const line = comparablePath(action)
  const { program } = splitProgram(line)
  if (line.startsWith('comhandler ') || isInWindows(program) || oneDrive.test(program)) return true
  // Office, Edge, Visual Studio.
  return isInProgramFiles(program) && program.includes('\\microsoft')
}

/** A user account put a task among Windows' own, or claims Microsoft as its author, for a program that is not Microsoft's. */
export const masquerade: Factor = {
  id: 'masquerade',
  weigh({ chain, actions }) {
    const change = chain.change
    if (
      !change ||
      (change.kind !== 'created' && change.kind !== 'tampered') ||
      change.actor.user === null ||
      isMachineActor(chain)
    )
      return undefined
    const path = (chain.taskPath ?? '').toLowerCase()
    if (path.startsWith('\\microsoft\\windows\\')) {
      return {
        bits: 4,
        says: `${quote(change.actor.user)} put it among Windows' own tasks: ${quote(chain.taskPath ?? '')}`,
      }
    }
    const author = chain.definition?.registrationInfo.author?.toLowerCase() ?? ''
    if (author.includes('microsoft') && actions.length > 0 && !actions.some(isMicrosofts)) {
      return { bits: 4, says: 'It names Microsoft as its author, but what it starts is not a program of Microsoft.' }
    }
    return undefined
  },
}
