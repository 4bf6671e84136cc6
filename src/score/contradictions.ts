import type { Contradiction } from '../model/chain.ts'

/** How many bits each way in which sources contradict each other is worth. */
const bits = {
  'actions-differ': 9,
  // A command line may have been forged after the start, or another change of the same task was made within the same seconds; little,
  // since how a shell took a command line apart is not always known.
  'asked-otherwise': 2,
  // Not verified to be comparable: informational until a real pair proves it.
  'hash-differs': 0,
  'hidden-by-descriptor': { missing: 10, denies: 8 },
  'index-zero': 8,
  'no-file': 7,
  'no-registry': 4,
  pretends: 4,
  'registry-doubts': { underBoth: 3, underOne: 5 },
  // Informational, until real hosts prove that Windows never leaves values out.
  'registry-oddities': 0,
  'unaudited-creation': 5,
  'unknown-class': 8,
  'uri-differs': 2,
} as const satisfies Record<Contradiction['id'], number | Readonly<Record<string, number>>>

export function bitsOf(contradiction: Contradiction): number {
  switch (contradiction.id) {
    case 'hidden-by-descriptor':
      return bits[contradiction.id][contradiction.descriptor]
    case 'registry-doubts':
      return bits[contradiction.id][contradiction.isUnderBoth ? 'underBoth' : 'underOne']
    default:
      return bits[contradiction.id]
  }
}
