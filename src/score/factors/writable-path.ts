import { splitProgram } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'

/** Folders that any user can write to, most telling first. */
const writable: readonly (readonly [RegExp, number])[] = [
  [/\\users\\public\\|%public%\\/, 4.5],
  [
    /\\windows\\(?:temp|tasks|debug|tracing|fonts)\\|\\perflogs\\|\\\$recycle\.bin\\|\\system32\\(?:spool\\drivers\\color|tasks)\\/,
    4.5,
  ],
  [/\\appdata\\local\\temp\\|%te?mp%\\|\\downloads\\|\\desktop\\/, 4],
  [/\\users\\[^\\]+\\(?:documents|music|pictures|videos)\\/, 3],
  [/^\\\\(?!\?)|^"\\\\(?!\?)/, 3],
  [/\\users\\[^\\]+\\appdata\\|%(?:local)?appdata%\\|%userprofile%\\/, 2],
  [/\\programdata\\[^\\]+\.[a-z0-9]{2,4}$/, 3.5],
]
/** Where installed programs live and only administrators write. */
const installed =
  /^"?(?:[a-z]:\\(?:windows|program files(?: \(x86\))?|programdata)\\|%(?:windir|systemroot|programfiles(?:\(x86\))?|programw6432|programdata|comspec|systemdrive%\\windows)%?)/

/** What the task starts lies where any user can put a file, or outside the places where programs are installed. */
export const writablePath: Factor = {
  id: 'writable-path',
  weigh({ actions, roots }) {
    const started = [...actions, ...roots.map((p) => p.image ?? '')].map((a) => a.toLowerCase())
    let best: { text: string; bits: number; says: string } | undefined
    for (const text of started) {
      const program = splitProgram(text).program
      for (const [pattern, bits] of writable) {
        // Arguments count too: the program is often a shell, the file in the writable folder its argument.
        if ((pattern.test(program) || (bits >= 4 && pattern.test(text))) && bits > (best?.bits ?? 0)) {
          best = { text, bits, says: 'lies in or uses a folder that any user can write to' }
        }
      }
      if (!best && /^"?[a-z]:\\/.test(program) && !installed.test(program)) {
        best = { text, bits: 2, says: 'lies outside the folders where programs are installed' }
      }
    }
    return best && { bits: best.bits, says: `What the task starts ${best.says}: ${quote(best.text)}` }
  },
}
