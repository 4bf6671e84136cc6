import type { Factor } from '../factor.ts'

const redirect = />\s*(?:%windir%|%systemroot%|c:\\windows|\\\\[^\\]+\\[a-z]+\$?|%te?mp%|c:\\users\\public)\\/

/** A shell whose output goes to a file in a temporary or public folder: how a remote operator reads the result of a command. */
export const outputToFile: Factor = {
  id: 'output-to-file',
  weigh({ texts }) {
    return texts.some((t) => /\bcmd(?:\.exe)?["\s]/.test(t) && redirect.test(t))
      ? {
          bits: 4,
          says: 'A shell writes its output to a file in a temporary, public or shared folder, to be read by somebody later.',
        }
      : undefined
  },
}
