import { carriers } from './carriers/index.ts'
import type { SensorKey } from './sensor-key.ts'

export const sensorKeys: readonly SensorKey[] = carriers.flatMap(({ keys }) => keys ?? [])
