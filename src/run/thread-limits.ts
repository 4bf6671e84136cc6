/**
 * What a thread of ours may take for objects that were just made: with what Node allows by itself it takes 80 MB where a third does, and is
 * no faster.
 */
export const threadLimits = { maxYoungGenerationSizeMb: 24 } as const
