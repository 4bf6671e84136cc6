import type { Action } from '../../model/definition.ts'
import { type JsonObject, own, textOf } from '../json/json-object.ts'
import { listText } from './list-text.ts'
import type { Lister, RowTask } from './lister.ts'
import { listers } from './listers/index.ts'
import { schtasks } from './listers/schtasks.ts'
import { dateOrderOf } from './local-dates.ts'
import { taskRows, withoutBanner } from './task-rows.ts'

/** A list of tasks is not larger; of a host with a thousand tasks it has some megabytes. */
export const largestTaskList = 64 << 20

/** What is looked at to tell that a text is a list of tasks. */
export const taskListSniffSize = 16 << 10

const listerOf = (names: readonly string[]): Lister | undefined =>
  listers.find(({ needs }) => needs.every((name) => names.includes(name)))

/** What Get-ScheduledTask hands out; before the members that tell it, ConvertTo-Json may write all of the class. */
const taskClass = /"(?:Cim)?ClassName"\s*:\s*"MSFT_ScheduledTask"/

/** Names of members in the beginning of a JSON text. */
const memberNames = (text: string): string[] => [...text.matchAll(/"([\w ]{1,40})"\s*:/g)].map(([, name]) => name ?? '')

/** Whether a text begins as a list of tasks that is known. */
export function looksLikeTaskList(beginning: Buffer): boolean {
  const text = withoutBanner(listText(beginning))
  const first = text.trimStart().charAt(0)
  if (first === '[' || first === '{') return taskClass.test(text) || listerOf(memberNames(text)) !== undefined
  if (first === '<') return text.includes('<Objs') && /<T>[^<]*[/#]MSFT_ScheduledTask<\/T>/.test(text)
  if (!/^[^\r\n]{0,4000}(?:[,;\t]|[:：])/.test(text.trimStart())) return false
  const rows = taskRows(text)
  const [row] = rows
  if (row === undefined) return false
  const lister = listerOf(Object.keys(row))
  return lister === schtasks ? rows.some((one) => schtasks.task(one, null) !== null) : lister !== undefined
}

/** The tasks of a list; a task that has several rows is one, with the actions of all of them. */
export function readTaskList(bytes: Buffer): RowTask[] {
  const tasks = new Map<string, RowTask>()
  const rows = taskRows(listText(bytes))
  const dates = dateOrderOf(datesIn(rows))
  for (const row of rows) {
    const task = listerOf(Object.keys(row))?.task(row, dates) ?? null
    if (task === null) continue
    const key = `${task.host ?? ''}\n${task.path.toLowerCase()}`
    const known = tasks.get(key)
    tasks.set(key, known ? { ...known, actions: bothActions(known.actions, task.actions) } : task)
  }
  return [...tasks.values()]
}

function* datesIn(rows: readonly JsonObject[]): Generator<string> {
  for (const row of rows) {
    for (const name of ['Next Run Time', 'Last Run Time']) yield textOf(own(row, name)) ?? ''
  }
}

function bothActions(a: readonly Action[] | null, b: readonly Action[] | null): readonly Action[] | null {
  if (a === null || b === null) return a ?? b
  const known = new Set(a.map((action) => JSON.stringify(action)))
  return [...a, ...b.filter((action) => !known.has(JSON.stringify(action)))]
}
