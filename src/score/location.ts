/** Variables that tasks' command lines begin paths with, as the folders that they mean on an ordinary installation. */
const folders: Readonly<Record<string, string>> = {
  windir: 'c:\\windows',
  systemroot: 'c:\\windows',
  systemdrive: 'c:',
  comspec: 'c:\\windows\\system32\\cmd.exe',
  programfiles: 'c:\\program files',
  'programfiles(x86)': 'c:\\program files (x86)',
  programw6432: 'c:\\program files',
  commonprogramfiles: 'c:\\program files\\common files',
  'commonprogramfiles(x86)': 'c:\\program files (x86)\\common files',
  programdata: 'c:\\programdata',
  allusersprofile: 'c:\\programdata',
  public: 'c:\\users\\public',
  userprofile: 'c:\\users\\*',
  appdata: 'c:\\users\\*\\appdata\\roaming',
  localappdata: 'c:\\users\\*\\appdata\\local',
  temp: 'c:\\users\\*\\appdata\\local\\temp',
  tmp: 'c:\\users\\*\\appdata\\local\\temp',
}
const names = Object.keys(folders)
  .map((name) => name.replace(/[()]/g, '\\$&'))
  .join('|')
const variable = new RegExp(`%(${names})%|\\$env:(${names})\\b|\\$\\{env:(${names})\\}`, 'g')
const shortNames: readonly (readonly [string, string])[] = [
  ['\\progra~1\\', '\\program files\\'],
  ['\\progra~2\\', '\\program files (x86)\\'],
  ['\\progra~3\\', '\\programdata\\'],
]
/** A path from its drive on, up to a character that no unquoted path holds. */
const pathFromDrive = /(?<![a-z0-9])[a-z]:[\\/][^\s"'<>|]*/g

/**
 * A command line or path in the form in which folders can be compared: lower case, variables of cmd and PowerShell as folders
 * (`*` for the user), backslashes, no doubled ones inside a path and no `\.\`. A share keeps its two backslashes.
 */
export function comparablePath(text: string): string {
  let path = text
    .toLowerCase()
    .replace(variable, (whole, cmd, plain, braced) => folders[cmd ?? plain ?? braced] ?? whole)
    .replace(pathFromDrive, (each) => each.replaceAll('/', '\\'))
    .replace(/(?<=[^\s"'])\\{2,}/g, '\\')
    .replaceAll('\\.\\', '\\')
  for (const [short, long] of shortNames) path = path.replaceAll(short, long)
  return path
}

/** Windows' own folders that any user can write to, though the folder around them belongs to administrators. */
export const writableInWindows =
  /\\windows\\(?:temp|tasks|debug|tracing|fonts|system32\\(?:spool\\drivers\\color|tasks))\\/

const ofWindows = /^[a-z]:\\windows\\/
const ofInstalledPrograms = /^[a-z]:\\program files(?: \(x86\))?\\/

/** A program in a folder of Windows that only administrators and Windows write to; the path as `comparablePath` gives it. */
export const isInWindows = (path: string): boolean =>
  ofWindows.test(path) && !writableInWindows.test(path) && !path.includes('\\..\\')

/** A program below Program Files; the path as `comparablePath` gives it. */
export const isInProgramFiles = (path: string): boolean => ofInstalledPrograms.test(path) && !path.includes('\\..\\')
