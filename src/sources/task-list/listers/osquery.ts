/**
 * osquery's table scheduled_tasks: rows of a query as JSON or CSV, and lines of its results log (`columns`, with `hostIdentifier` beside).
 * Times are seconds since 1970. `action` is the command line of the first action, or a class id.
 * Source: https://osquery.io/schema (scheduled_tasks)
 */
import { own, textOf } from '../../json/json-object.ts'
import { instantOf } from '../../json/moment.ts'
import { execOfLine, handlerOf } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'

const flags: Readonly<Record<string, boolean>> = { '1': true, '0': false, true: true, false: false }

export const osquery: Lister = {
  name: 'osquery scheduled_tasks',
  needs: ['path', 'action', 'last_run_code'],
  task(row) {
    const path = textOf(own(row, 'path')) ?? ''
    if (!path.startsWith('\\')) return null
    const action = textOf(own(row, 'action'))?.trim() ?? ''
    const seconds = Number(textOf(own(row, 'last_run_time')) || Number.NaN)
    const lastRun = seconds > 0 ? (instantOf(seconds) ?? null) : null
    const code = textOf(own(row, 'last_run_code')) ?? ''
    return {
      ...nothingListed,
      path,
      host: textOf(own(row, 'hostIdentifier') ?? own(row, 'hostname')) || null,
      actions: action === '' ? null : [/^\{[\da-f-]{36}\}$/i.test(action) ? handlerOf(action) : execOfLine(action)],
      isEnabled: flags[textOf(own(row, 'enabled')) ?? ''] ?? null,
      isHidden: flags[textOf(own(row, 'hidden')) ?? ''] ?? null,
      lastRun,
      lastResult: lastRun !== null && /^(?:0x[\da-f]{1,8}|-?\d{1,10})$/i.test(code) ? Number(code) | 0 : null,
    }
  },
}
