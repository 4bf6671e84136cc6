/**
 * Tasks as KAPE's modules list them: PowerShell_ParseScheduledTasks (a row for each task's file) and the rows of RECmd's plugin TaskCache (a
 * row for each key below TaskCache\Tasks), as CSV. RECmd's times are UTC.
 * Sources: https://github.com/EricZimmerman/KapeFiles (Modules), https://github.com/EricZimmerman/RegistryPlugins (RegistryPlugin.TaskCache)
 */
import { parseInstant } from '../../../model/time.ts'
import { type JsonObject, own, textOf } from '../../json/json-object.ts'
import { execOfLine, handlerOf } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'

const word = (row: JsonObject, name: string): string | null => textOf(own(row, name))?.trim() || null

export const kapeTaskFiles: Lister = {
  name: 'KAPE PowerShell_ParseScheduledTasks',
  needs: ['Task_Name', 'Action_Arguments'],
  task(row) {
    const [path, line, handler] = [
      word(row, 'Task_Name'),
      word(row, 'Action_Arguments'),
      word(row, 'ComHandler_ClassID'),
    ]
    if (path === null) return null
    const enabled = word(row, 'Enabled')?.toLowerCase()
    return {
      ...nothingListed,
      path: path.startsWith('\\') ? path : `\\${path}`,
      actions: line !== null ? [execOfLine(line)] : handler === null ? null : [handlerOf(handler)],
      author: word(row, 'Author'),
      runsAs: word(row, 'Principals_UserContext'),
      // a file that does not say it is enabled
      isEnabled: enabled === undefined || enabled === 'true' ? true : enabled === 'false' ? false : null,
    }
  },
}

export const recmdTaskCache: Lister = {
  name: 'RECmd TaskCache',
  needs: ['KeyName', 'CreatedOn', 'LastStart', 'LastActionResult'],
  task(row) {
    const path = word(row, 'Path')
    if (path === null) return null
    const lastRun = timeOf(word(row, 'LastStart'))
    const result = word(row, 'LastActionResult') ?? ''
    return {
      ...nothingListed,
      path: path.startsWith('\\') ? path : `\\${path}`,
      author: word(row, 'Author'),
      lastRun,
      lastResult: lastRun !== null && /^-?\d{1,10}$/.test(result) ? Number(result) | 0 : null,
    }
  },
}

/** As RECmd writes it by itself, or as .NET does where no culture is asked: the month first, always with an offset. */
function timeOf(written: string | null) {
  const month = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d:\d\d)$/.exec(written ?? '')
  const text = month ? `${month[3]}-${month[1]}-${month[2]}T${month[4]}${month[5]}` : (written ?? '')
  return parseInstant(text) ?? null
}
