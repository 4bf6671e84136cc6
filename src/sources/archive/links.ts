import { posix } from 'node:path'

export interface Link {
  readonly name: string
  readonly kind: 'symbolic' | 'hard'
  readonly target: string
}

/** From link to link, as Linux follows them. */
const mostSteps = 40
/** Folders above a file that a link may lead to. */
const deepest = 64

/** Links among the members of an archive: what one leads to is read where it lies, if it is there. */
export class Links {
  readonly #files = new Set<string>()
  readonly #links = new Map<string, { readonly link: Link; readonly target: string }>()

  /** A file, or a folder. */
  file(name: string): void {
    this.#files.add(placeOf(name))
  }

  /** A hard link names a member; a symbolic one begins where it lies. */
  link(link: Link): void {
    const { name, kind, target } = link
    const from = kind === 'hard' || target.startsWith('/') ? '' : posix.dirname(placeOf(name))
    this.#links.set(placeOf(name), { link, target: placeOf(posix.join(from, target)) })
  }

  get count(): number {
    return this.#files.size + this.#links.size
  }

  /** Those that lead to no file of the archive. */
  leadingOut(): Link[] {
    const ends = [...this.#links].flatMap(([, { link, target }]) => {
      const end = this.#endOf(target)
      return this.#files.has(end) ? [] : [{ link, end }]
    })
    if (ends.length === 0) return []
    const folders = this.#foldersAmong(new Set(ends.map(({ end }) => end)))
    return ends.filter(({ end }) => !folders.has(end)).map(({ link }) => link)
  }

  #endOf(target: string): string {
    let end = target
    for (let step = 0; step < mostSteps; step++) {
      const next = this.#links.get(end)?.target
      if (next === undefined) break
      end = next
    }
    return end
  }

  /** Which of these are folders that some file lies in; many archives list no folders. */
  #foldersAmong(wanted: ReadonlySet<string>): ReadonlySet<string> {
    const folders = new Set<string>()
    for (const file of this.#files) {
      let end = file.indexOf('/')
      for (let depth = 0; end >= 0 && depth < deepest; depth++) {
        const folder = file.slice(0, end)
        if (wanted.has(folder)) folders.add(folder)
        end = file.indexOf('/', end + 1)
      }
    }
    return folders
  }
}

/** `./a//b/` and `/a/b` as `a/b`. */
const placeOf = (name: string): string => posix.normalize(name).replace(/^\/+|\/$/g, '')

export const linkReason = ({ kind, target }: Link): string =>
  `a ${kind} link to ${target}, which is no file of the archive: not followed`
