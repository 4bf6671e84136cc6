export { comparablePath, isInProgramFiles, isInWindows, writableInWindows } from '../model/windows/location.ts'
