import { splitProgram } from '../../model/command-line.ts'
import type { Action } from '../../model/definition.ts'

export const execOf = (command: string, args: string | null, workingDirectory: string | null = null): Action => ({
  kind: 'exec',
  id: null,
  command,
  arguments: args === '' ? null : args,
  workingDirectory: workingDirectory === '' ? null : workingDirectory,
  hideAppWindow: false,
})

export const handlerOf = (classId: string): Action => ({ kind: 'com-handler', id: null, classId, data: null })

/** A program and its arguments written as one text; which part is the program is told as Windows would take it. */
export function execOfLine(line: string, workingDirectory: string | null = null): Action {
  const { program, rest } = splitProgram(line)
  return execOf(program, rest, workingDirectory)
}
