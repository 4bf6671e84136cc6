import { type Factor, quote } from '../factor.ts'
import { isMachineActor, type Subject } from '../subject.ts'
import { isLike } from '../wildcard.ts'

const changes = /^(?:created|modified|tampered)$/

/** Whether one of the patterns names the account, by its name with or without its domain, or by its SID. */
const isNamed = (patterns: readonly string[], names: readonly (string | null)[]): boolean =>
  names.some((name) => name !== null && patterns.some((pattern) => isLike(name, pattern)))

/** Who made the change, as the logs vouch for; the computer's own accounts are nobody's, and a task keeps itself up to date. */
function unexpectedCreator({ chain, settings }: Subject): string | undefined {
  const { change } = chain
  const creators = settings?.settings.taskAuthor?.creators
  if (creators == null || !change || !changes.test(change.kind) || change.byOwnRun || isMachineActor(chain))
    return undefined
  const { user, sid } = change.actor
  if (user === null && sid === null) return undefined
  const bare = user === null ? null : user.slice(user.lastIndexOf('\\') + 1)
  return isNamed(creators, [user, bare, sid]) ? undefined : (user ?? sid ?? undefined)
}

/** What the definition says of its author, which is whoever registers it free to choose: that it is expected says nothing. */
function unexpectedAuthor({ chain, settings }: Subject): string | undefined {
  const authors = settings?.settings.taskAuthor?.authors
  const author = chain.definition?.registrationInfo.author ?? null
  if (authors == null || author === null || !chain.change || !changes.test(chain.change.kind)) return undefined
  return isNamed(authors, [author, author.slice(author.lastIndexOf('\\') + 1)]) ? undefined : author
}

/** The settings' `TaskAuthor` expects others. */
export const taskAuthor: Factor = {
  id: 'task-author',
  weigh(subject) {
    const bits = subject.settings?.settings.taskAuthor?.bits ?? 0
    const creator = unexpectedCreator(subject)
    if (creator !== undefined) return { bits, says: `${quote(creator)} is not expected to make tasks: TaskAuthor.` }
    const author = unexpectedAuthor(subject)
    // A name that anybody may write says half as much.
    return author === undefined
      ? undefined
      : { bits: bits / 2, says: `The task names ${quote(author)} as its author, which is not expected: TaskAuthor.` }
  },
}
