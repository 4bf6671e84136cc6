import { imageName } from '../model/command-line.ts'
import { handlerHosts, scriptHosts, shells } from '../model/windows/programs.ts'

export const nameOf = (path: string | null): string => imageName(path ?? '').replace(/\.exe$/, '')
export const isShell = (path: string | null): boolean => shells.has(nameOf(path))
/** A shell, or a program of Windows that runs others' code. */
export const isRunner = (path: string | null): boolean => isShell(path) || scriptHosts.has(nameOf(path))
export const isHandlerHost = (path: string | null): boolean => handlerHosts.has(nameOf(path))
