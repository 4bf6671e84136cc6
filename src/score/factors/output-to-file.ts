import type { Factor } from '../factor.ts'
import { comparablePath } from '../location.ts'

const shell = /\bcmd(?:\.exe)?["\s/]/
const redirect =
  />\s*"?(?:[a-z]:\\windows\\(?!logs\\)|\\\\[^\\]+\\[a-z]+\$?\\|(?:[a-z]:)?\\(?:temp|tmp|perflogs|windows\\temp|users\\public)\\|[a-z]:\\users\\[^\\]+\\appdata\\local\\temp\\)/

/** A shell whose output goes to a file in a temporary or public folder: how a remote operator reads the result of a command. */
export const outputToFile: Factor = {
  id: 'output-to-file',
  weigh({ texts }) {
    return texts.map(comparablePath).some((t) => shell.test(t) && redirect.test(t))
      ? {
          bits: 4,
          says: 'A shell writes its output to a file in a temporary, public or shared folder, to be read by somebody later.',
        }
      : undefined
  },
}
