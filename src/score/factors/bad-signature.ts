import type { RunProcess } from '../../model/chain.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath, isInWindows, writableInWindows } from '../location.ts'
import { sighting } from '../sightings.ts'

/** What is wrong with the signature of a program; undefined where nothing is, or no source says it. */
function wrongIn({ image, file }: RunProcess): string | undefined {
  switch (file?.signature) {
    case 'revoked':
      return 'has a signature that was revoked'
    case 'invalid':
      return 'has a signature that does not hold'
    case 'unsigned': {
      const path = comparablePath(image ?? '')
      return isInWindows(path) && !writableInWindows.test(path)
        ? "lies among Windows' own programs, which are signed, and is not"
        : undefined
    }
    default:
      return undefined
  }
}

/** A program of the run is not what its signature or its place says. That others' programs are unsigned says nothing. */
export const badSignature: Factor = {
  id: 'bad-signature',
  weigh({ roots, descendants }) {
    for (const process of [...roots, ...descendants]) {
      const wrong = wrongIn(process)
      if (wrong === undefined) continue
      const { bits, seen } = sighting('bad-signature')
      return { bits, says: `${quote(process.image ?? '')} ${wrong}; ${seen}.` }
    }
    return undefined
  },
}
