import { splitProgram } from '../command-line.ts'
import { comparablePath, isInProgramFiles, isInWindows } from './location.ts'

/** A resource of a file of Windows, which a list of tasks shows as `Microsoft Corporation`. */
const resourceOfWindows = /^\s*\$\(@(?:%windir%|%systemroot%|[a-z]:\\windows)\\/i

/** Whether an author, which is free text that anybody can write, claims to be Microsoft. */
export const claimsMicrosoft = (author: string): boolean => /microsoft/i.test(author) || resourceOfWindows.test(author)

/** What Microsoft installs for one user, below their profile, with Microsoft as the author of its tasks. */
const ofOneUser =
  /^[a-z]:\\users\\[^\\]+\\appdata\\local\\microsoft\\(?:onedrive\\(?:[\d.]+\\)?onedrive[a-z]*|edgeupdate\\(?:[\d.]+\\)?microsoftedgeupdate[a-z]*)\.exe$/

/** Whether a program lies where Microsoft's programs are; one without a path is found in System32. The line may have arguments. */
export function isOfMicrosoft(commandLine: string): boolean {
  const { program } = splitProgram(comparablePath(commandLine))
  return (
    !/[\\/]/.test(program) ||
    isInWindows(program) ||
    ofOneUser.test(program) ||
    (/^[a-z]:\\programdata\\microsoft\\windows defender\\/.test(program) && !program.includes('\\..\\')) ||
    // Office, Edge, Visual Studio; and what comes with Windows there.
    (isInProgramFiles(program) &&
      /\\(?:microsoft|windows |common files\\microsoft|ruxim\\|cuassistant\\)/.test(program))
  )
}
