import { imageName, splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { actionsOf } from '../subject.ts'

/**
 * Programs that these tasks of Windows start, by the task's path in lower case.
 * Source: public rules and event logs of Windows 10; agrees with the tasks of Windows 7 and 10 as listed by HiJackThis+
 * (TasksWhite.csv of github.com/dragokas/hijackthis).
 */
const inbox: Readonly<Record<string, readonly string[]>> = {
  '\\microsoft\\windows\\diskcleanup\\silentcleanup': ['cleanmgr.exe'],
  '\\microsoft\\windows\\defrag\\scheduleddefrag': ['defrag.exe'],
  '\\microsoft\\windows\\application experience\\microsoft compatibility appraiser': ['compattelrunner.exe'],
  '\\microsoft\\windows\\application experience\\programdataupdater': ['compattelrunner.exe', 'rundll32.exe'],
  '\\microsoft\\windows\\windows error reporting\\queuereporting': ['wermgr.exe'],
  '\\microsoft\\windows\\device information\\device': ['devicecensus.exe'],
  '\\microsoft\\windows\\updateorchestrator\\schedule scan': ['usoclient.exe'],
  '\\microsoft\\windows\\pushtoinstall\\registration': ['sc.exe'],
  '\\microsoft\\windows\\windowsupdate\\scheduled start': ['sc.exe'],
  '\\microsoft\\windows\\systemrestore\\sr': ['srtasks.exe', 'rundll32.exe'],
  '\\microsoft\\windows\\servicing\\startcomponentcleanup': ['taskhostw.exe'],
}

/** A task that nobody changed started another program than the one it stands for: its environment, its class or its files were changed. */
export const hijackedTask: Factor = {
  id: 'hijacked-task',
  weigh({ chain, roots }) {
    const environment = chain.circumstances.find((c) => c.kind === 'environment-changed')
    if (environment) {
      return {
        bits: 9,
        says: `A variable that the task's program path begins with was changed before the run: ${quote(environment.what)}`,
      }
    }
    const handler = chain.circumstances.find((c) => c.kind === 'handler-changed')
    if (handler) {
      return {
        bits: 9,
        says: `The COM class that the task runs was given a server of the user's own before the run: ${quote(handler.what)}`,
      }
    }
    if (chain.change || chain.taskPath === null) return undefined
    const declared = actionsOf(chain).map(programOf)
    const expected: readonly (string | undefined)[] =
      declared.length > 0 ? declared : (inbox[chain.taskPath.toLowerCase()] ?? [])
    if (expected.length === 0 || expected.includes(undefined)) return undefined
    const other = roots.find(
      (p) =>
        p.commandLine !== null &&
        p.image !== null &&
        !expected.includes(imageName(p.image)) &&
        !hosts.has(imageName(p.image)),
    )
    return (
      other && {
        bits: 8,
        says: `${quote(chain.taskPath)} stands for ${expected.join(', ')}, but it started ${quote(other.image ?? '')}.`,
      }
    )
  },
}

/** Processes that Windows puts in front of an action: COM handlers run in taskhostw or dllhost. */
const hosts = new Set(['taskhostw.exe', 'taskhost.exe', 'taskhostex.exe', 'conhost.exe', 'dllhost.exe'])

/**
 * The name of the process that an action leads to; undefined when its text does not tell: a document or script runs in whatever
 * its extension is tied to, a name may be a variable, and no process is named by a COM handler.
 */
function programOf(action: string): string | undefined {
  const name = imageName(splitProgram(comparablePath(action)).program)
  if (/^[^.%$*]+$/.test(name)) return name === 'comhandler' ? undefined : `${name}.exe`
  return /^[^%$*]+\.(?:exe|com|scr)$/.test(name) ? name : undefined
}
