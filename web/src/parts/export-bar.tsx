import { counted } from '../../../src/model/counted.ts'
import type { Wish } from '../../../src/report/page/answers/wish.ts'
import { useApp } from '../app-context.ts'
import { download, type ExportForm, exported } from '../export.ts'

const forms: readonly (readonly [ExportForm, says: string, ending: string, type: string])[] = [
  ['json', 'JSON', 'json', 'application/json'],
  ['csv', 'CSV', 'csv', 'text/csv'],
  ['markdown', 'Markdown', 'md', 'text/markdown'],
]

/** Takes what is chosen, or else all that is shown (the first ten thousand), out of the page. */
export function ExportBar({ wish, isEmpty }: { wish: Wish; isEmpty: boolean }) {
  const { source, chosen, choose } = useApp()
  const wanted = async () => (chosen.size === 0 ? (await source.ask({ ask: 'fitting', wish })).ids : [...chosen])
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
          disabled={isEmpty && chosen.size === 0}
          onClick={async () =>
            download(await exported(source, await wanted(), form), `tasktrail-findings.${ending}`, type)
          }
        >
          {says}
        </button>
      ))}
    </div>
  )
}
