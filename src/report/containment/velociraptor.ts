import { powershellSteps } from './powershell.ts'
import { vqlText } from './quote.ts'
import type { Step } from './step.ts'
import type { Target } from './target.ts'

/**
 * The steps of PowerShell as collections of the server: cells of a notebook. The artifacts are those that Velociraptor brings.
 * Source: https://docs.velociraptor.app/artifact_references/pages/windows.system.powershell/
 */
export function velociraptorSteps(target: Target): Step[] {
  const steps = powershellSteps(target)
  return steps.map(({ title, lines, note }, number) => ({
    title,
    lines:
      lines.length === 0 || number === steps.length - 1
        ? []
        : [
            collection('Windows.System.PowerShell', `Command=${vqlText(lines.join('\n'))}`),
            ...(number === 0 || number === steps.length - 2
              ? [collection('Windows.Search.FileFinder', "SearchFilesGlob='C:/tasktrail-case/**', Upload_File='Y'")]
              : []),
          ],
    note: number === steps.length - 1 ? accountNote(note) : note,
  }))
}

const collection = (artifact: string, parameters: string): string =>
  `SELECT collect_client(client_id=ClientId, artifacts='${artifact}', env=dict(${parameters})) FROM scope()`

const accountNote = (note: string | null): string => `Where the account is kept, not on this host. ${note ?? ''}`.trim()
