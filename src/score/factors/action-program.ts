import { imageName, splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'

/**
 * Programs that run other people's code, by what they are worth as the action of a task. Shells and script hosts are used by
 * administrators too; the rest hardly ever stand in an ordinary task. Source: the LOLBAS project's list, https://lolbas-project.github.io
 */
const programs: Readonly<Record<string, number>> = {
  'cmd.exe': 2,
  cmd: 2,
  'powershell.exe': 2.5,
  powershell: 2.5,
  'pwsh.exe': 2.5,
  'wscript.exe': 2.5,
  wscript: 2.5,
  'cscript.exe': 2.5,
  cscript: 2.5,
  'mshta.exe': 4.5,
  mshta: 4.5,
  'regsvr32.exe': 3.5,
  regsvr32: 3.5,
  'installutil.exe': 4,
  'msbuild.exe': 4,
  'certutil.exe': 4,
  'bitsadmin.exe': 3.5,
  'regasm.exe': 4,
  'regsvcs.exe': 4,
  'cmstp.exe': 4,
  'hh.exe': 3.5,
  'forfiles.exe': 3,
  'pcalua.exe': 4,
  'odbcconf.exe': 4,
  'curl.exe': 2.5,
  'rundll32.exe': 1.5,
  rundll32: 1.5,
}

/** The task starts a shell, a script host or a program that runs others' code. */
export const actionProgram: Factor = {
  id: 'action-program',
  weigh({ actions, roots }) {
    const started = [...actions.map((a) => splitProgram(a).program), ...roots.map((p) => p.image ?? '')]
    let best: { name: string; bits: number } | undefined
    for (const program of started) {
      const name = imageName(program)
      const bits = programs[name] ?? 0
      if (bits > (best?.bits ?? 0)) best = { name, bits }
    }
    return best && { bits: best.bits, says: `The task starts ${quote(best.name)}, which runs whatever it is told to.` }
  },
}
