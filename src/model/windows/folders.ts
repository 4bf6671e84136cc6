/**
 * Environment variables that mean the same for every account, as what they stand for on an ordinary installation, lower case.
 * Source: https://learn.microsoft.com/windows/deployment/usmt/usmt-recognized-environment-variables
 */
export const machineVariables: ReadonlyMap<string, string> = new Map([
  ['systemroot', 'c:\\windows'],
  ['windir', 'c:\\windows'],
  ['systemdrive', 'c:'],
  ['comspec', 'c:\\windows\\system32\\cmd.exe'],
  ['programfiles', 'c:\\program files'],
  ['programw6432', 'c:\\program files'],
  ['programfiles(x86)', 'c:\\program files (x86)'],
  ['commonprogramfiles', 'c:\\program files\\common files'],
  ['commonprogramw6432', 'c:\\program files\\common files'],
  ['commonprogramfiles(x86)', 'c:\\program files (x86)\\common files'],
  ['programdata', 'c:\\programdata'],
  ['allusersprofile', 'c:\\programdata'],
  ['public', 'c:\\users\\public'],
])

/** Variables of the user's own, as what they add to the folder of the profile, lower case. */
export const userVariables: ReadonlyMap<string, string> = new Map([
  ['userprofile', ''],
  ['homepath', ''],
  ['appdata', '\\appdata\\roaming'],
  ['localappdata', '\\appdata\\local'],
  ['temp', '\\appdata\\local\\temp'],
  ['tmp', '\\appdata\\local\\temp'],
])

/** Short names (8.3) of folders at the root of the system drive, as an ordinary installation has them, lower case. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['progra~1', 'program files'],
  ['progra~2', 'program files (x86)'],
  ['progra~3', 'programdata'],
  ['docume~1', 'documents and settings'],
])

/** A path or command line in lower case with these folders' short names written out. */
export function withLongNames(text: string): string {
  return text.includes('~')
    ? text.replace(/\\([a-z]{6}~[1-3])(?=\\|$)/g, (whole, name: string) => {
        const long = shortNames.get(name)
        return long === undefined ? whole : `\\${long}`
      })
    : text
}

/** A text in lower case with the variables that mean the same for every account as what they stand for. */
export function withMachineFolders(text: string): string {
  return text.includes('%')
    ? text.replace(/%([^%\s\\/"']{1,41})%/g, (whole, name: string) => machineVariables.get(name) ?? whole)
    : text
}
