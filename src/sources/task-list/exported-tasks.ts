import { readDefinition } from '../../decode/task-xml/index.ts'
import type { ListedTask } from '../../model/artifact.ts'
import { counted } from '../../model/counted.ts'
import type { DefinitionReading } from '../../model/definition.ts'
import type { Problem } from '../../model/problem.ts'
import { taskPath } from '../../model/task-path.ts'
import { nothingListed } from './lister.ts'

/**
 * The tasks of an export, and what of it could not be read. `name`: of the file, which a single task without a name of its own has, as
 * the GUI names it.
 */
export function listedOfExport(
  text: string,
  source: number,
  name: string,
): { readonly listed: readonly ListedTask[]; readonly problems: readonly Pick<Problem, 'code' | 'reason'>[] } {
  const listed: ListedTask[] = []
  const problems: Pick<Problem, 'code' | 'reason'>[] = []
  const tasks = exportedTasks(text)
  let unnamed = 0
  for (const { path: stated, definition, problem } of tasks) {
    const path = stated ?? (tasks.length === 1 ? `\\${name}` : null)
    if (problem !== null) {
      const reason = `the definition of ${path ?? 'a task'} could not be read whole: ${problem}`
      problems.push({ code: 'bad-task-file', reason })
    }
    const { host: _, ...nothing } = nothingListed
    if (path === null) unnamed++
    else
      listed.push({
        ...nothing,
        source,
        path: taskPath(path),
        definition,
        problem,
        actions: definition?.actions ?? null,
      })
  }
  if (unnamed > 0) {
    const reason = `of ${counted(unnamed, 'task')} neither a URI nor a comment says the name`
    problems.push({ code: 'no-task-path', reason })
  }
  return { listed, problems }
}

/** One task's XML out of an export, and the path that the export gives it. */
interface ExportedTask extends DefinitionReading {
  /** Null where neither a comment before it nor its URI says it. */
  readonly path: string | null
}

/** A comment, or a tag that begins or ends a task. */
const marks = /<!--([\s\S]{0,2000}?)-->|<(\/?)(?:[A-Za-z][\w.-]{0,40}:)?Task(?=[\s>/])[^>]{0,4000}>/g

/**
 * The tasks of `schtasks /query /xml` (with ONE within `<Tasks>`, else one document after the other, each after a comment with its path),
 * of Export-ScheduledTask (one document after the other) and of the GUI (one). A task that is not closed goes to the next, or to the end.
 */
function exportedTasks(text: string): ExportedTask[] {
  const tasks: ExportedTask[] = []
  let open: { readonly from: number; readonly path: string | null } | null = null
  let named: string | null = null
  let depth = 0
  const close = (to: number) => {
    if (open) tasks.push(exportedTask(text.slice(open.from, to), open.path))
    open = null
    named = null
    depth = 0
  }
  for (const { 0: mark, 1: comment, 2: slash, index } of text.matchAll(marks)) {
    if (comment !== undefined) {
      if (depth === 0) named = pathIn(comment) ?? named
    } else if (slash === '/') {
      if (depth > 0 && --depth === 0) close(index + mark.length)
    } else if (!mark.endsWith('/>')) {
      // Below a task nothing of Windows is called Task, but for what somebody keeps in Data; a namespace begins a document.
      if (depth > 0 && mark.includes('xmlns')) close(index)
      if (depth++ === 0) open = { from: index, path: named }
    }
  }
  close(text.length)
  return tasks
}

function exportedTask(xml: string, named: string | null): ExportedTask {
  const reading = readDefinition(xml)
  return { ...reading, path: named ?? pathIn(reading.definition?.registrationInfo.uri ?? '') }
}

/** A task's path begins with a backslash. */
const pathIn = (text: string): string | null => {
  const path = text.trim()
  return path.startsWith('\\') && path.length > 1 ? path : null
}
