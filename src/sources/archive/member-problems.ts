import { counted } from '../../model/counted.ts'

/** Reasons that are told; those of links hold the words of whoever made them. */
const mostTold = 20
/** Names that are told with a reason. */
const namedWithin = 5

interface Unread {
  readonly code: string
  readonly reason: string
  readonly names: string[]
  count: number
}

/** Members of one archive that are not read: those with the same reason are one problem with a count; beyond the first, by their code. */
export class MemberProblems {
  readonly #unread = new Map<string, Unread>()
  readonly #beyond = new Map<string, number>()

  add(name: string, code: string, reason: string): void {
    const key = `${code}\n${reason}`
    const known = this.#unread.get(key)
    if (known) {
      known.count++
      if (known.names.length < namedWithin) known.names.push(name)
    } else if (this.#unread.size < mostTold) this.#unread.set(key, { code, reason, names: [name], count: 1 })
    else this.#beyond.set(code, (this.#beyond.get(code) ?? 0) + 1)
  }

  /** `report` is given null for the archive itself. */
  tell(report: (member: string | null, code: string, reason: string) => void): void {
    for (const { code, reason, names, count } of this.#unread.values()) {
      const [name = ''] = names
      if (count === 1) report(name, code, reason)
      else {
        const more = count > names.length ? ` and ${count - names.length} more` : ''
        report(null, code, `${counted(count, 'member')} not read (${names.join(', ')}${more}): ${reason}`)
      }
    }
    for (const [code, count] of this.#beyond)
      report(null, code, `${counted(count, 'more member')} not read for reasons alike`)
  }
}
