/**
 * The system's time was changed: NewTime, OldTime; later versions add Reason, ProcessName, ProcessID and others.
 * Source: the provider's manifest, real records of versions 1 and 4.
 */
import { clockChanged } from './clock-changed.ts'
import { events, kernelGeneral } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

export const systemTimeChanged: Normalizer = {
  interests: events(kernelGeneral, 1),
  normalize: (record) => clockChanged(record, 'OldTime', 'NewTime', null),
}
