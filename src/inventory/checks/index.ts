import type { Check } from '../check.ts'
import { actionsDiffer } from './actions-differ.ts'
import { hashDiffers } from './hash-differs.ts'
import { hiddenByDescriptor } from './hidden-by-descriptor.ts'
import { indexZero } from './index-zero.ts'
import { noFile } from './no-file.ts'
import { noRegistry } from './no-registry.ts'
import { pretends } from './pretends.ts'
import { registryDoubts } from './registry-doubts.ts'
import { registryOddities } from './registry-oddities.ts'
import { unauditedCreation } from './unaudited-creation.ts'
import { unknownClass } from './unknown-class.ts'
import { uriDiffers } from './uri-differs.ts'

/** Every check; the order is that in which contradictions of equal weight are told. */
export const checks: readonly Check[] = [
  hiddenByDescriptor,
  indexZero,
  actionsDiffer,
  noFile,
  noRegistry,
  registryDoubts,
  registryOddities,
  unauditedCreation,
  unknownClass,
  pretends,
  uriDiffers,
  hashDiffers,
]

/** Those that keep a task from whoever lists tasks. */
export const hiding: ReadonlySet<Check['id']> = new Set([hiddenByDescriptor.id, indexZero.id])
