import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import type { Row } from '../data/store.ts'
import { download, type ExportForm, exported } from '../export.ts'

const forms: readonly (readonly [ExportForm, says: string, ending: string, type: string])[] = [
  ['json', 'JSON', 'json', 'application/json'],
  ['csv', 'CSV', 'csv', 'text/csv'],
  ['markdown', 'Markdown', 'md', 'text/markdown'],
]

/** Takes what is chosen, or else all that is shown, out of the page. */
export function ExportBar({ shown }: { shown: readonly Row[] }) {
  const { store, chosen, choose } = useApp()
  const rows = chosen.size === 0 ? shown : store.rows.filter(({ number }) => chosen.has(number))
  return (
    <div class="export" role="group" aria-label="export">
      {chosen.size > 0 ? (
        <span>
          {`${counted(chosen.size, 'finding')} chosen `}
          <button type="button" class="quiet" onClick={() => choose([...chosen], false)}>
            none
          </button>
        </span>
      ) : (
        <span class="dim">export what is shown</span>
      )}
      {forms.map(([form, says, ending, type]) => (
        <button
          key={form}
          type="button"
          class="quiet"
          disabled={rows.length === 0}
          onClick={async () => download(await exported(store, rows, form), `tasktrail-findings.${ending}`, type)}
        >
          {says}
        </button>
      ))}
    </div>
  )
}
