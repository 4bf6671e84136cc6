/** One thing that telemetry can show of a host. */
export const capabilities = [
  'task-audit',
  'task-sensor',
  'scheduler-log',
  'process-starts',
  'command-lines',
  'logons',
] as const
export type Capability = (typeof capabilities)[number]

/** What a capability rests on, in the words of an analyst. */
export const capabilityNames: Readonly<Record<Capability, string>> = {
  'task-audit': 'Security 4698–4702',
  'task-sensor': 'task changes by a sensor (EDR)',
  'scheduler-log': 'TaskScheduler/Operational',
  'process-starts': 'process creation',
  'command-lines': 'command lines',
  logons: 'logons (4624)',
}

/** The first and last moment at which a capability is known to have worked, in milliseconds. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** What is known to have worked on one host. */
export interface HostSpans {
  readonly host: string
  readonly spans: Readonly<Partial<Record<Capability, Span>>>
}
