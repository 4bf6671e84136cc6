import { imageName, splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'

/**
 * Programs that run other people's code, without `.exe`, by what they are worth as the action of a task. Shells and script hosts
 * are used by administrators too; the rest hardly ever stand in an ordinary task.
 * Source: the LOLBAS project's list, https://lolbas-project.github.io
 */
const programs: ReadonlyMap<string, number> = new Map([
  ['cmd', 2],
  ['powershell', 2.5],
  ['pwsh', 2.5],
  ['wscript', 2.5],
  ['cscript', 2.5],
  ['mshta', 4.5],
  ['regsvr32', 3.5],
  ['installutil', 4],
  ['msbuild', 4],
  ['certutil', 4],
  ['bitsadmin', 3.5],
  ['regasm', 4],
  ['regsvcs', 4],
  ['cmstp', 4],
  ['hh', 3.5],
  ['forfiles', 3],
  ['pcalua', 4],
  ['odbcconf', 4],
  ['conhost', 3.5],
  ['curl', 2.5],
  ['rundll32', 1.5],
])

/** The task starts a shell, a script host or a program that runs others' code. */
export const actionProgram: Factor = {
  id: 'action-program',
  weigh({ actions, roots }) {
    const started = [...actions, ...roots.map((p) => p.image ?? '')]
    let best: { name: string; bits: number } | undefined
    for (const each of started) {
      const name = imageName(splitProgram(comparablePath(each)).program)
      const bits = programs.get(name.replace(/\.exe$/, '')) ?? 0
      if (bits > (best?.bits ?? 0)) best = { name, bits }
    }
    return best && { bits: best.bits, says: `The task starts ${quote(best.name)}, which runs whatever it is told to.` }
  },
}
