import { machineVariables, userVariables, withLongNames } from './folders.ts'

/** Variables of cmd and PowerShell that command lines begin paths with; `*` stands for the user. */
const folders = new Map([
  ...machineVariables,
  ...[...userVariables].map(([name, below]) => [name, `c:\\users\\*${below}`] as const),
])
const names = [...folders.keys()].map((name) => name.replace(/[()]/g, '\\$&')).join('|')
const variable = new RegExp(`%(${names})%|\\$env:(${names})\\b|\\$\\{env:(${names})\\}`, 'g')
/** A path from its drive on, up to a character that no unquoted path holds. */
const pathFromDrive = /(?<![a-z0-9])[a-z]:[\\/][^\s"'<>|]*/g

/**
 * A command line or path in the form in which folders can be compared: lower case, variables of cmd and PowerShell as folders
 * (`*` for the user), backslashes, no doubled ones inside a path and no `\.\`. A share keeps its two backslashes.
 */
export function comparablePath(text: string): string {
  const path = text
    .toLowerCase()
    .replaceAll('%homedrive%%homepath%', '%userprofile%')
    .replace(variable, (whole, cmd, plain, braced) => folders.get(cmd ?? plain ?? braced) ?? whole)
    .replace(pathFromDrive, (each) => each.replaceAll('/', '\\'))
    .replace(/(?<=[^\s"'])\\{2,}/g, '\\')
    .replaceAll('\\.\\', '\\')
  return withLongNames(path)
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
