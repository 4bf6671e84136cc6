import { type Factor, quote } from '../factor.ts'

const temporary = /\\temp\\|\\users\\public\\|\\downloads\\|%te?mp%/

/** The definition was read from a file in a temporary folder, so that the command line does not show what the task does. */
export const definitionFromFile: Factor = {
  id: 'definition-from-file',
  weigh({ chain }) {
    const line = chain.change?.actor.process?.commandLine?.toLowerCase() ?? ''
    return /[/-]xml\s/.test(line) && temporary.test(line)
      ? { bits: 2, says: `Its definition comes from a file in a temporary or public folder: ${quote(line)}` }
      : undefined
  },
}
