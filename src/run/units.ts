import type { Unit } from '../engine/ports.ts'
import { stepsOf } from '../sources/index.ts'
import type { Input } from '../sources/inputs.ts'

/** Steps (chunks of an EVTX file) in one unit: 16 MiB, small enough to share out evenly, large enough not to count. */
const stepsInUnit = 256

/** The inputs cut into pieces that can be read by themselves. */
export function unitsOf(inputs: readonly Input[]): Unit[] {
  return inputs.flatMap((input, source) => {
    const steps = stepsOf(input)
    const units: Unit[] = []
    for (let from = 0; from < steps; from += stepsInUnit) {
      const to = Math.min(from + stepsInUnit, steps)
      units.push({
        source,
        path: input.path,
        ...(input.packed ? { packed: input.packed } : {}),
        name: input.name,
        kind: input.kind,
        from,
        to,
        bytes: Math.ceil((input.bytes * (to - from)) / steps),
      })
    }
    return units
  })
}
