import { imageName } from '../model/command-line.ts'

/** Programs that do what a person or a script tells them, as processes; names in lower case, without `.exe`. */
const shells = new Set(['cmd', 'powershell', 'pwsh', 'bash', 'wsl'])
const scriptHosts = new Set(['wscript', 'cscript', 'mshta', 'rundll32', 'regsvr32', 'msbuild', 'installutil'])
/** Processes that Windows puts in front of an action: COM handlers run in taskhostw or dllhost. */
const handlerHosts = new Set(['taskhostw', 'taskhost', 'taskhostex', 'dllhost'])

export const nameOf = (path: string | null): string => imageName(path ?? '').replace(/\.exe$/, '')
export const isShell = (path: string | null): boolean => shells.has(nameOf(path))
/** A shell, or a program of Windows that runs others' code. */
export const isRunner = (path: string | null): boolean => isShell(path) || scriptHosts.has(nameOf(path))
export const isHandlerHost = (path: string | null): boolean => handlerHosts.has(nameOf(path))
