import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'

const temporary = /\\temp\\|\\users\\public\\|\\downloads\\/

/** The definition was read from a file in a temporary folder, so that the command line does not show what the task does. */
export const definitionFromFile: Factor = {
  id: 'definition-from-file',
  weigh({ chain }) {
    const line = chain.change?.actor.process?.commandLine ?? ''
    return /[/-]xml\s/i.test(line) && temporary.test(comparablePath(line))
      ? { bits: 2, says: `Its definition comes from a file in a temporary or public folder: ${quote(line)}` }
      : undefined
  },
}
