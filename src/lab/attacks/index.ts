import type { Attack } from './attack.ts'

export type { Attack, Scene } from './attack.ts'

/** Every attack that the lab knows. */
export const attacks: readonly Attack[] = []
