/**
 * `schtasks /query /v` as CSV and as LIST. Names of columns, states and times are in the language of the system: columns are told by their
 * number (28, always in this order since Windows Vista) or by their English names. A task has a row for each of its triggers.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-query
 */
import { type JsonObject, own, textOf } from '../../json/json-object.ts'
import { execOfLine } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'
import { type DateOrder, localTime } from '../local-dates.ts'

export const schtasksColumns: readonly string[] = [
  ...['HostName', 'TaskName', 'Next Run Time', 'Status', 'Logon Mode', 'Last Run Time', 'Last Result', 'Author'],
  ...['Task To Run', 'Start In', 'Comment', 'Scheduled Task State', 'Idle Time', 'Power Management', 'Run As User'],
  ...['Delete Task If Not Rescheduled', 'Stop Task If Runs X Hours and X Mins', 'Schedule', 'Schedule Type'],
  ...['Start Time', 'Start Date', 'End Date', 'Days', 'Months', 'Repeat: Every', 'Repeat: Until: Time'],
  ...['Repeat: Until: Duration', 'Repeat: Stop If Still Running'],
]

/** States by their beginning, in the languages that are known; in any other it is left open. */
const enabled =
  /^(?:enabled|aktiviert|activ|habilitad|abilitat|ingeschakeld|aktiverad|włącz|включен|有効|已启用|已啟用|사용|etkin)/i
const disabled =
  /^(?:disabled|deaktiviert|désactiv|deshabilitad|desabilitad|disabilitat|uitgeschakeld|inaktiverad|wyłącz|отключен|無効|已禁用|已停用|사용 안|devre)/i

const text = (row: JsonObject, name: string): string | null => {
  const written = textOf(own(row, name))?.trim()
  return written === undefined ||
    written === '' ||
    /^(?:N\/A|n\.a\.|N\/V|N\/D|нет данных|該当なし|不适用)$/i.test(written)
    ? null
    : written
}

/** A task that never ran has a day in 1899 or 1999 for it. */
function lastRunOf(written: string | null, dates: DateOrder): string | null {
  const time = written === null ? null : localTime(written, dates)
  return time === null || time < '1999-12-01' ? null : time
}

/** SCHED_S_TASK_RUNNING and SCHED_S_TASK_HAS_NOT_RUN are no results. */
const noResult: readonly number[] = [0x41301, 0x41303]
const resultOf = (written: string | null): number | null =>
  written === null || !/^-?\d{1,10}$/.test(written) || noResult.includes(Number(written)) ? null : Number(written) | 0

export const schtasks: Lister = {
  name: 'schtasks /query',
  needs: ['TaskName', 'Next Run Time'],
  task(row, dates) {
    const path = text(row, 'TaskName')
    if (path === null || !path.startsWith('\\')) return null
    const toRun = text(row, 'Task To Run')
    const state = text(row, 'Scheduled Task State') ?? text(row, 'Status') ?? ''
    // "COM handler" in whatever language: no program has so short a name without a dot or a backslash
    const isProgram = toRun !== null && !/^[^\\/.%"]*COM[^\\/.%"]*$/.test(toRun)
    return {
      ...nothingListed,
      path,
      host: text(row, 'HostName'),
      actions: isProgram ? [execOfLine(toRun, text(row, 'Start In'))] : null,
      author: text(row, 'Author'),
      runsAs: text(row, 'Run As User'),
      isEnabled: disabled.test(state) ? false : enabled.test(state) ? true : null,
      lastRunLocal: lastRunOf(text(row, 'Last Run Time'), dates),
      lastResult: resultOf(text(row, 'Last Result')),
    }
  },
}
