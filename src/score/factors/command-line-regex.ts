import { type Factor, quote } from '../factor.ts'

/** Lines of one chain that are looked at, and of each as much as CreateProcess takes. */
const mostLines = 64
const longest = 32_768

/** What the task is to run, or a process of its runs, matches a pattern of the settings' `CommandLineRegex`; the heaviest counts. */
export const commandLineRegex: Factor = {
  id: 'command-line-regex',
  weigh({ settings, actions, roots, descendants }) {
    const patterns = settings?.settings.commandLineRegex ?? []
    if (settings === null || patterns.length === 0) return undefined
    const ran = [...roots, ...descendants].map(({ commandLine, image }) => commandLine ?? image ?? '')
    let best: { bits: number; says: string } | undefined
    for (const line of [...new Set([...actions, ...ran])].slice(0, mostLines)) {
      for (const place of settings.patternsIn(line.slice(0, longest))) {
        const found = patterns[place]
        if (found === undefined || found.bits <= (best?.bits ?? 0)) continue
        const named = found.says === null ? quote(found.pattern) : `${quote(found.says)} (${quote(found.pattern)})`
        best = { bits: found.bits, says: `“${quote(line)}” matches ${named}: CommandLineRegex.` }
      }
    }
    return best
  },
}
