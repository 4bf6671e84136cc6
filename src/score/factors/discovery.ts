import { type Question, questionOf } from '../discovery.ts'
import type { Factor } from '../factor.ts'
import { nameOf } from '../programs.ts'
import { sighting } from '../sightings.ts'
import { isScripted } from '../subject.ts'

const ofInventories: ReadonlySet<Question> = new Set(['system', 'software', 'network'])

/**
 * The run asked the system who and where it is. By what is asked, not by a list of words: questions about accounts, the system,
 * processes, the network, shares, the domain. What the host is and has is half as telling alone: inventories ask it.
 */
export const discovery: Factor = {
  id: 'discovery',
  weigh({ roots, descendants, chain }) {
    const asking = [...roots, ...descendants].flatMap((process) => {
      const question = questionOf(process)
      return question === undefined ? [] : [{ question, name: nameOf(process.image), process }]
    })
    const below = asking.filter(({ process }) => process.depth > 0)
    if (asking.length === 0) return undefined
    const { bits, seen } = sighting(
      below.length > 0 && !isScripted(chain) ? 'discovery-below-program' : 'discovery-below-script',
    )
    const questions = new Set(asking.map(({ question }) => question))
    const names = [...new Set(asking.map(({ name }) => name))].slice(0, 5).join(', ')
    return {
      bits: questions.size > 1 || [...questions].every((question) => !ofInventories.has(question)) ? bits : bits - 1,
      says: `The run asked about ${[...questions].join(', ')} (${names}); ${seen}.`,
    }
  },
}
