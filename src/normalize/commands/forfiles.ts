import type { Argument } from './c-runtime.ts'

/**
 * forfiles.exe: the command of `/c`, in which `0x22` stands for a quote.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/forfiles
 */
export function forfilesCommandLine(args: readonly Argument[]): string | null {
  const at = args.findIndex(({ text }) => /^[/-]c$/i.test(text))
  return args[at + 1] && at >= 0 ? (args[at + 1]?.text ?? '').replaceAll('0x22', '"') : null
}
