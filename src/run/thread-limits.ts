/**
 * What a thread of ours may take for objects that were just made: with what Node allows by itself it takes 80 MB where a third does, and is
 * no faster.
 */
export const threadLimits = { maxYoungGenerationSizeMb: 24 } as const

/** What a service's thread may take: the states of a hundred thousand hosts, of which most lie packed. */
export const serviceLimits = { ...threadLimits, maxOldGenerationSizeMb: 3072 } as const
