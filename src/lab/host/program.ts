import { createHash } from 'node:crypto'
import type { FileDetails } from '../event-catalogue/sysmon.ts'

const WINDOWS = [
  'Microsoft® Windows® Operating System',
  'Microsoft Corporation',
  '10.0.19041.3636 (WinBuild.160101.0800)',
]
const OFFICE = ['Microsoft Office', 'Microsoft Corporation', '16.0.17328.20282']
const EDGE = ['Microsoft Edge Update', 'Microsoft Corporation', '1.3.185.29']
const ONEDRIVE = ['Microsoft OneDrive', 'Microsoft Corporation', '24.020.0128.0003']
const CONTOSO = ['Contoso Inventory', 'Contoso Ltd.', '4.2.0.118']
const VAULT = ['Fabrikam Vault', 'Fabrikam Inc.', '7.1.3.0']

/** Description and OriginalFileName by file name, with product, company and version where they are not Windows' own. */
const programs: Record<string, readonly [description: string, original: string, from?: readonly string[]]> = {
  'agent.exe': ['Contoso Inventory Agent', 'agent.exe', CONTOSO],
  'cmd.exe': ['Windows Command Processor', 'Cmd.Exe'],
  'compattelrunner.exe': ['Microsoft Compatibility Telemetry', 'CompatTelRunner.exe'],
  'conhost.exe': ['Console Window Host', 'CONHOST.EXE'],
  'defrag.exe': ['Disk Defragmenter Module', 'Defrag.EXE'],
  'explorer.exe': ['Windows Explorer', 'EXPLORER.EXE'],
  'microsoftedgeupdate.exe': ['Microsoft Edge Update', 'msedgeupdate.dll', EDGE],
  'mousocoreworker.exe': ['MoUSO Core Worker Process', 'MoUSOCoreWorker.exe'],
  'msiexec.exe': ['Windows® installer', 'msiexec.exe'],
  'net.exe': ['Net Command', 'net.exe'],
  'net1.exe': ['Net Command', 'net1.exe'],
  'nltest.exe': ['Microsoft® Logon Server Test Utility', 'nltestrk.exe'],
  'onedrive.exe': ['Microsoft OneDrive', 'OneDrive.exe', ONEDRIVE],
  'onedrivestandaloneupdater.exe': ['Standalone Updater', 'OneDriveStandaloneUpdater.exe', ONEDRIVE],
  'outlook.exe': ['Microsoft Outlook', 'Outlook.exe', OFFICE],
  'powershell.exe': ['Windows PowerShell', 'PowerShell.EXE'],
  'schtasks.exe': ['Task Scheduler Configuration Tool', 'schtasks.exe'],
  'svchost.exe': ['Host Process for Windows Services', 'svchost.exe'],
  'taskhostw.exe': ['Host Process for Windows Tasks', 'taskhostw.exe'],
  'taskschd.dll': ['Task Scheduler COM API', 'taskschd.dll'],
  'usoclient.exe': ['UsoClient', 'UsoClient.exe'],
  'vaultbackup.exe': ['Fabrikam Vault Backup Job', 'vaultbackup.exe', VAULT],
  'whoami.exe': ['whoami - displays logged on user information', 'whoami.exe'],
  'winword.exe': ['Microsoft Word', 'WinWord.exe', OFFICE],
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

/** What Sysmon tells of a file. The hashes are invented: they are digests of the path, one for each file. */
export function fileDetails(path: string): FileDetails {
  let known = details.get(path)
  if (!known) {
    known = detailsOf(path)
    if (details.size < 10_000) details.set(path, known)
  }
  return known
}

/** The same few programs start again and again. */
const details = new Map<string, FileDetails>()

function detailsOf(path: string): FileDetails {
  const name = baseName(path)
  const [description, originalFileName, from = WINDOWS] = programs[name.toLowerCase()] ?? ['-', '-']
  const [product = '-', company = '-', fileVersion = '-'] = from
  const digest = (algorithm: string) => createHash(algorithm).update(path.toLowerCase()).digest('hex').toUpperCase()
  const hashes = `SHA1=${digest('sha1')},MD5=${digest('md5')},SHA256=${digest('sha256')},IMPHASH=${digest('md5')}`
  return { fileVersion, description, product, company, originalFileName, hashes }
}
