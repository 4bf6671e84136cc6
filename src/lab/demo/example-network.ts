import type { User } from '../host/host.ts'
import type { LabTask } from '../host/task-xml.ts'
import { type WindowsVersion, windowsVersions } from '../host/windows.ts'
import { ownTask } from '../ordinary/windows-tasks.ts'

// Names and addresses are reserved for examples: RFC 2606, RFC 5737.

export const DOMAIN = 'EXAMPLE'
const DOMAIN_SID = 'S-1-5-21-2104187721-3090552418-1177294305'

export const rossi: User = { sid: `${DOMAIN_SID}-1107`, domain: DOMAIN, name: 'm.rossi' }
/** A local administrator of WS5, where UAC is switched off: every program of hers runs elevated. */
export const keller: User = { sid: `${DOMAIN_SID}-1112`, domain: DOMAIN, name: 'a.keller' }
export const backupAdmin: User = { sid: `${DOMAIN_SID}-1131`, domain: DOMAIN, name: 'adm-backup' }

export const WS5_ADDRESS = '192.0.2.45'
export const FS01_ADDRESS = '192.0.2.20'
export const DC01_ADDRESS = '192.0.2.10'
/** Where the attacker listens. */
export const ATTACKER_ADDRESS = '198.51.100.23'

/** One of Windows' own tasks, of which the catalogue is known to say what it runs. */
function own(version: WindowsVersion, path: string, handler?: string): LabTask {
  const task = ownTask(path, version.tasksOf, handler)
  if (!task) throw new RangeError(`the catalogue does not say what ${path} runs`)
  return task
}

const { 10: windows10, 2019: server2019 } = windowsVersions

/** Tasks that come with Windows 10 and Server 2019. */
export const inbox = {
  scheduleScan: own(windows10, 'UpdateOrchestrator\\Schedule Scan'),
  defrag: own(server2019, 'Defrag\\ScheduledDefrag'),
  appraiser: own(windows10, 'Application Experience\\Microsoft Compatibility Appraiser'),
  languageComponents: own(windows10, 'LanguageComponentsInstaller\\Installation', 'Language Components Installer'),
} satisfies Record<string, LabTask>
