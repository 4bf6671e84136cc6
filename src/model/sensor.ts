/** Sensors (EDR) and lakes whose tables and events are facts of their own, beside Windows' logs, as their records name them. */
export const sensors = {
  defender: 'Microsoft Defender XDR',
  falcon: 'CrowdStrike Falcon',
  'elastic-defend': 'Elastic Defend',
  sentinelone: 'SentinelOne',
  limacharlie: 'LimaCharlie',
  harfanglab: 'HarfangLab',
  'cortex-xdr': 'Cortex XDR',
  ocsf: 'OCSF',
} as const

export type Sensor = keyof typeof sensors

/**
 * Sensors do not number their events. In their records the class of OCSF stands in the place of the event id, and items have the
 * names of OCSF's attributes, whatever the sensor calls them.
 * Source: https://schema.ocsf.io/1.7.0/classes, the extension `win` for the registry.
 */
export const sensorClass = {
  file: 1001,
  module: 1005,
  scheduledJob: 1006,
  process: 1007,
  logon: 3002,
  registryKey: 201_001,
  registryValue: 201_002,
} as const

export type SensorClass = (typeof sensorClass)[keyof typeof sensorClass]

const names = new Map<string, Sensor>(Object.entries(sensors).map(([sensor, name]) => [name, sensor as Sensor]))

/** Whether it is a sensor that a fact was seen by, and not one of Windows' logs. */
export function isSensor(by: string): by is Sensor {
  return Object.hasOwn(sensors, by)
}

/** The sensor that a record's provider names. */
export function sensorOf(provider: string): Sensor | undefined {
  return names.get(provider)
}
