import type { Factor } from '../factor.ts'

/** PowerShell takes any unambiguous beginning of -EncodedCommand; a path or URL is no such beginning. */
const encoded = /\s[-/–—]e(?:c|n|nc[a-z]*)?\s+["']?[a-z0-9+/=]{20,}/
const inMemory = [
  'frombase64string',
  'iex(',
  'iex (',
  'invoke-expression',
  '[reflection.assembly]',
  '-join[char',
  'gzipstream',
  'gp hklm:',
  'gp hkcu:',
  'get-itemproperty hk',
]

/** The command hides what it does: base64, or code that is put together while it runs. */
export const obfuscatedCommand: Factor = {
  id: 'obfuscated-command',
  weigh({ texts }) {
    if (texts.some((t) => (t.includes('powershell') || t.includes('pwsh')) && encoded.test(t))) {
      return { bits: 6, says: 'The command is given to PowerShell in base64.' }
    }
    const word = inMemory.find((w) => texts.some((t) => t.includes(w)))
    if (word !== undefined) return { bits: 5, says: `The command puts code together while it runs (“${word}”).` }
    if (
      texts.some(
        (t) =>
          t.includes('powershell') &&
          /\s-w(?:i|in|ind|indo|indow|indows|indowst|indowsty|indowstyl|indowstyle)?\s+(?:hidden|1)\b/.test(t),
      )
    ) {
      return { bits: 2, says: 'The command runs PowerShell in a hidden window.' }
    }
    return undefined
  },
}
