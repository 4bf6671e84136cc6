import type { Factor } from '../factor.ts'

/**
 * PowerShell takes any unambiguous beginning of -EncodedCommand, also in quotes; a path or URL is no such beginning. 16
 * characters of base64 are six of a command; after the bare -e, which scripts have too, fewer would be words.
 */
const encoded = /\s["']?[-/–—―](?:e[cn]?["']?\s+["']?[a-z0-9+/=]{16}|enc[a-z]{0,12}["']?\s+["']?[a-z0-9+/=]{8})/
/** The alias of Invoke-Expression as a word; a folder, a file or a switch of that name is none. */
const alias = /(?<![\w.\\/-])iex(?![\w.\\/-])/
const hiddenWindow = /\s["']?[-/–—―]w(?:i[a-z]{0,12})?["']?\s+["']?(?:h[a-z]*|1)\b/
const inMemory: readonly RegExp[] = [
  /frombase64string/,
  /invoke-expression/,
  /(?<![\w.\\/-])iex\s?\(/,
  // LoadWithPartialName names an assembly of Windows and is an administrator's way to a message box.
  /reflection\.assembly\]\s*::\s*(?:unsafe)?load(?:file|from)?\s*\(/,
  /-join\s*\[char/,
  /gzipstream/,
  /\bgp hk(?:lm|cu):/,
  /get-itemproperty hk/,
]

const isPowerShell = (text: string): boolean => text.includes('powershell') || text.includes('pwsh')

/** The command hides what it does: base64, or code that is put together while it runs. */
export const obfuscatedCommand: Factor = {
  id: 'obfuscated-command',
  weigh({ texts }) {
    const powerShell = texts.filter(isPowerShell)
    if (powerShell.some((t) => encoded.test(t))) {
      return { bits: 6, says: 'The command is given to PowerShell in base64.' }
    }
    for (const [among, patterns] of [
      [powerShell, [alias]],
      [texts, inMemory],
    ] as const) {
      const sign = patterns.find((p) => among.some((t) => p.test(t)))
      const word = sign?.exec(among.find((t) => sign.test(t)) ?? '')?.[0]
      if (word) return { bits: 5, says: `The command puts code together while it runs (“${word}”).` }
    }
    return powerShell.some((t) => hiddenWindow.test(t))
      ? { bits: 2, says: 'The command runs PowerShell in a hidden window.' }
      : undefined
  },
}
