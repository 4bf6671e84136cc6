import type { Factor } from '../factor.ts'

/** A job of at.exe that was to be seen on somebody's desktop: a way to a shell as SYSTEM, until Windows took it away. */
export const interactiveJob: Factor = {
  id: 'interactive-job',
  weigh({ chain }) {
    const command = chain.change?.actor.process?.commandLine?.toLowerCase() ?? ''
    return chain.change?.route === 'at' && command.includes('/interactive')
      ? { bits: 3, says: 'The job was to be interactive on the desktop.' }
      : undefined
  },
}
