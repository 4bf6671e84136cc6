/** How a baseline learns and forgets. */
export const baselineSettings = {
  /** Days after which evidence counts for half. */
  halfLife: 45,
  /** Days before the newest since which a host must have shown a thing for it to count: an attack of these days does not make itself ordinary. */
  age: 3,
  /** A chain of so many bits without rarity does not teach: medium. */
  heldFrom: 8,
  /** Rarity is worth no more than this, however much was seen. */
  mostBits: 6,
  /** What is on so large a share of the hosts is common. */
  commonFrom: 0.5,
} as const

/** The settings, which may be others in a test or on the command line. */
export type BaselineSettings = { readonly [Name in keyof typeof baselineSettings]: number }
