import { imageName, splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath, isInProgramFiles, isInWindows, writableInWindows } from '../location.ts'

/** Folders that any user can write to, most telling first. */
const writable: readonly (readonly [RegExp, number])[] = [
  [/\\users\\public\\/, 4.5],
  [writableInWindows, 4.5],
  [/\\perflogs\\|\\\$recycle\.bin\\/, 4.5],
  [/\\appdata\\local\\temp\\|\\downloads\\|\\desktop\\/, 4],
  [/\\users\\[^\\]+\\(?:documents|music|pictures|videos)\\/, 3],
  [/^"?\\\\(?!\?)/, 3],
  [/\\users\\[^\\]+\\appdata\\/, 2],
  [/^[a-z]:\\programdata\\[^\\]+\.[a-z0-9]{2,4}$/, 3.5],
]

/** Programs that are often installed below Program Files, but run the file that they are given. */
const interpreters =
  /^(?:pwsh|python\d*|pythonw|py|java|javaw|node|perl|ruby|php|autohotkey\w*|autoit3\w*|bash|sh)(?:\.exe)?$/

/** An installed program with a file of its own: where it writes its log is no sign. */
const isInstalledProgram = (program: string): boolean =>
  isInProgramFiles(program) && !interpreters.test(imageName(program))

/** What the task starts lies where any user can put a file, or outside the places where programs are installed. */
export const writablePath: Factor = {
  id: 'writable-path',
  weigh({ actions, roots }) {
    let best: { text: string; bits: number; says: string } | undefined
    for (const text of [...actions, ...roots.flatMap((p) => [p.commandLine ?? '', p.image ?? ''])]) {
      const line = comparablePath(text)
      const program = splitProgram(line).program.replaceAll('/', '\\')
      if (isInstalledProgram(program)) continue
      for (const [pattern, bits] of writable) {
        // Arguments count too: the program is often a shell, the file in the writable folder its argument.
        if ((pattern.test(program) || (bits >= 4 && pattern.test(line))) && bits > (best?.bits ?? 0)) {
          best = { text, bits, says: 'lies in or uses a folder that any user can write to' }
        }
      }
      const isInstalled = isInWindows(program) || isInProgramFiles(program) || /^[a-z]:\\programdata\\/.test(program)
      if (!best && /^[a-z]:\\/.test(program) && !isInstalled) {
        best = { text, bits: 2, says: 'lies outside the folders where programs are installed' }
      }
    }
    return best && { bits: best.bits, says: `What the task starts ${best.says}: ${quote(best.text)}` }
  },
}
