import { logsOfProviders } from '../mend/logs.ts'

/** Every log of Windows of which something is read. */
export const collectedLogs: readonly string[] = [...new Set(Object.values(logsOfProviders))]

/** The file that Windows keeps a log in. */
export const fileOfLog = (log: string): string => `${log.replaceAll('/', '%4')}.evtx`
