import type { User } from '../host/host.ts'
import { dailyTrigger, hourlyTrigger } from '../host/task-triggers.ts'
import type { LabAction, LabTask } from '../host/task-xml.ts'

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

const asSystem = { id: 'Author', userId: 'S-1-5-18', highest: true } as const
const exec = (command: string, args: string, image: string): LabAction => ({
  kind: 'exec',
  command,
  arguments: args,
  image,
})

/** Tasks that come with Windows 10 and Server 2019. */
export const inbox = {
  scheduleScan: {
    path: '\\Microsoft\\Windows\\UpdateOrchestrator\\Schedule Scan',
    author: 'Microsoft Corporation.',
    date: null,
    triggers: hourlyTrigger('2020-01-01T08:00:00'),
    principal: asSystem,
    action: exec('%systemroot%\\system32\\usoclient.exe', 'StartScan', 'C:\\Windows\\System32\\usoclient.exe'),
  },
  defrag: {
    path: '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag',
    author: 'Microsoft Corporation',
    date: null,
    triggers: dailyTrigger('2005-12-01T01:00:00'),
    principal: asSystem,
    action: exec('%windir%\\system32\\defrag.exe', '-c -h -k -g -$', 'C:\\Windows\\System32\\Defrag.exe'),
  },
  appraiser: {
    path: '\\Microsoft\\Windows\\Application Experience\\Microsoft Compatibility Appraiser',
    author: '$(@%SystemRoot%\\system32\\appraiser.dll,-500)',
    date: null,
    triggers: dailyTrigger('2008-09-01T03:00:00'),
    principal: asSystem,
    action: exec('%windir%\\system32\\compattelrunner.exe', '', 'C:\\Windows\\System32\\CompatTelRunner.exe'),
  },
  languageComponents: {
    path: '\\Microsoft\\Windows\\LanguageComponentsInstaller\\Installation',
    author: 'Microsoft Corporation',
    date: null,
    triggers: dailyTrigger('2012-02-22T03:00:00'),
    principal: asSystem,
    action: {
      kind: 'com-handler',
      classId: '{6F58F65F-EC0E-4ACA-99FE-FC5A1A25E4BE}',
      name: 'Language Components Installer',
    },
  },
} satisfies Record<string, LabTask>
