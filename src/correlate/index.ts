export { HostMachine } from './host-machine.ts'
export { type CorrelateSettings, defaultSettings } from './settings.ts'
