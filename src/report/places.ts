import { legible } from './legible.ts'

/** Inputs as they are called in a report: by what tells them apart. */
export interface Places {
  /** The folder, archive or file that all of them lie in, as it was given, with its end; empty where there is none. */
  readonly root: string
  readonly nameOf: (source: number) => string
}

/** What ends the name of a folder, or of an archive before what lies in it. */
const ends = /[/\\!]/g

/** Names relative to where all inputs lie. */
export function placesOf(inputs: readonly string[]): Places {
  const root = rootOf(inputs)
  return { root, nameOf: (source) => legible(inputs[source]?.slice(root.length) ?? `input ${source}`) }
}

/** The longest beginning of all names that ends where a folder or an archive does, and is no whole name. */
function rootOf([first, ...rest]: readonly string[]): string {
  if (first === undefined) return ''
  let length = first.length
  for (const name of rest) {
    let same = 0
    while (same < length && name[same] === first[same]) same++
    length = same
  }
  const end = [...first.slice(0, length).matchAll(ends)].at(-1)
  return end === undefined ? '' : first.slice(0, end.index + 1)
}
