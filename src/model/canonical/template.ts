import { generalised } from './loose-definition.ts'
import { canonicalArguments, canonicalPath } from './path-text.ts'

/** Longer texts are told apart by their beginning alone. */
const longest = 500

/** A path that is one on all hosts: folders as variables; users, versions, GUIDs, dates and numbers generalised. */
export const pathTemplate = (path: string): string => general(canonicalPath(path.slice(0, 2 * longest)))

/** A command line that is one on all hosts. */
export const commandTemplate = (line: string): string =>
  general(canonicalArguments(line.slice(0, 2 * longest)).replaceAll('"', ''))

/** A task's path with what differs between hosts and users generalised; `names` are those of its users. */
export const taskTemplate = (path: string, names: RegExp | null): string => general(path, names)

/** What only a machine would call a thing: hashes, tokens. */
const hexadecimal = /(?<![a-z0-9{-])(?=[0-9a-f]{0,64}\d)[0-9a-f]{12,64}(?![a-z0-9}-])/g

const general = (text: string, names: RegExp | null = null): string =>
  generalised(text.toLowerCase().replace(hexadecimal, '{hex}'), names)
    .replace(/(?<![a-z\d])\d+(?![a-z\d])/g, '#')
    .slice(0, longest)
