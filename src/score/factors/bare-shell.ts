import { imageName, splitProgram } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { isSystemAccount } from '../subject.ts'

const shells = /^(?:cmd|powershell|pwsh)(?:\.exe)?$/

function isBare(line: string): boolean {
  const { program, rest } = splitProgram(comparablePath(line))
  return shells.test(imageName(program)) && rest.trim() === ''
}

/** A bare shell, without a command, as SYSTEM or with an interactive flag: there is nothing to schedule in it but a person. */
export const bareShell: Factor = {
  id: 'bare-shell',
  weigh({ chain, actions, roots, runsAs }) {
    const ran = roots.find((p) => isBare(p.commandLine ?? ''))
    if (ran || actions.some(isBare)) {
      const asSystem = isSystemAccount(ran?.user ?? runsAs)
      return { bits: asSystem ? 4 : 3, says: `The task is a bare shell${asSystem ? ' as SYSTEM' : ''}.` }
    }
    const command = chain.change?.actor.process?.commandLine?.toLowerCase() ?? ''
    return chain.change?.route === 'at' && command.includes('/interactive')
      ? { bits: 3, says: 'The job was to be interactive on the desktop.' }
      : undefined
  },
}
