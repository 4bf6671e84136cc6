import type { Argument } from '../c-runtime.ts'

/**
 * powershell.exe and pwsh.exe: the script text of a command line. Switches go by any beginning of their name; what follows
 * `-Command`, or the first argument that is no switch, is the script, its words joined by single spaces. Null for a script
 * file, an interactive shell and text from stdin.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe
 */
export function scriptOfArguments(args: readonly Argument[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const text = args[i]?.text ?? ''
    const name = switchName(text)
    if (name === null) return restFrom(args, i)
    if (isOneOf(name, ['encodedcommand'], ['e', 'ec'])) return decoded(args[i + 1]?.text)
    if (isOneOf(name, ['command'])) return args[i + 1]?.text === '-' ? null : restFrom(args, i + 1)
    if (isOneOf(name, ['file'])) return null
    if (isOneOf(name, withValue, ['ep', 'if', 'of', 'wd'])) i++
  }
  return null
}

const withValue = [
  ...['version', 'psconsolefile', 'inputformat', 'outputformat', 'windowstyle', 'executionpolicy', 'configurationname'],
  ...['configurationfile', 'custompipename', 'settingsfile', 'workingdirectory', 'encodedarguments'],
]

/** PowerShell takes the slash and the long dashes for a minus. */
function switchName(text: string): string | null {
  return /^[-/\u2013\u2014\u2015][a-z]/i.test(text) ? text.slice(1).toLowerCase() : null
}

function isOneOf(given: string, names: readonly string[], aliases: readonly string[] = []): boolean {
  return aliases.includes(given) || names.some((name) => name.startsWith(given))
}

function restFrom(args: readonly Argument[], from: number): string | null {
  const words = args.slice(from).map((argument) => argument.text)
  return words.length > 0 ? words.join(' ') : null
}

/** Base64 of UTF-16 LE; what is not base64 is skipped, as PowerShell itself would refuse the whole. */
function decoded(base64: string | undefined): string | null {
  const text = base64 ? Buffer.from(base64, 'base64').toString('utf16le') : ''
  return text === '' ? null : text
}
