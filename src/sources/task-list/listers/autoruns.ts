/**
 * Sysinternals' Autoruns as CSV (`autorunsc -c`): of all that starts by itself the rows whose location is the Task Scheduler. `Launch String`
 * is the action's command line; `Image Path` is what Autoruns looked at, of rundll32 the library, so it names no action.
 * Source: https://learn.microsoft.com/sysinternals/downloads/autoruns
 */
import { own, textOf } from '../../json/json-object.ts'
import { execOfLine } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'

export const autoruns: Lister = {
  name: 'Autoruns',
  needs: ['Entry Location', 'Entry', 'Image Path'],
  task(row) {
    if (textOf(own(row, 'Entry Location')) !== 'Task Scheduler') return null
    const entry = textOf(own(row, 'Entry')) ?? ''
    if (entry === '') return null
    const line = textOf(own(row, 'Launch String')) ?? ''
    const enabled = textOf(own(row, 'Enabled'))?.toLowerCase()
    return {
      ...nothingListed,
      path: entry.startsWith('\\') ? entry : `\\${entry}`,
      host: textOf(own(row, 'PSComputerName')) || null,
      actions: line === '' ? null : [execOfLine(line)],
      isEnabled: enabled === 'enabled' ? true : enabled === 'disabled' ? false : null,
    }
  },
}
