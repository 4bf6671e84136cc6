import { expect, test } from 'vitest'
import { telemetryOf } from './telemetry.ts'

test('a channel is told by its name in any case, and what every object has is no channel', () => {
  expect(['Security', 'SECURITY', 'powershellcore/operational', 'System'].map(telemetryOf)).toEqual([
    'security',
    'security',
    'powershell',
    undefined,
  ])
  expect(['constructor', '__proto__', 'toString'].map(telemetryOf)).toEqual([undefined, undefined, undefined])
})
