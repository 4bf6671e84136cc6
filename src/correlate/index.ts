export { sortedEvidence } from './chain-builder.ts'
export { HostMachine } from './host-machine.ts'
export { caseId } from './identity.ts'
export { type CorrelateSettings, defaultSettings } from './settings.ts'
