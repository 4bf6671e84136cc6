import { type Factor, quote } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

const ofWindows = /^"?(?:[a-z]:\\windows\\|%windir%\\|%systemroot%\\|comhandler )/

/** A user account put a task among Windows' own, or claims Microsoft as its author, for a program that is not Windows'. */
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
    if (author.includes('microsoft') && actions.length > 0 && !actions.some((a) => ofWindows.test(a.toLowerCase()))) {
      return { bits: 4, says: 'It names Microsoft as its author, but what it starts is not part of Windows.' }
    }
    return undefined
  },
}
