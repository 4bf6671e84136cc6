import { expect, test } from 'vitest'
import { listedOfExport } from './exported-tasks.ts'

const xmlns = 'xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"'
const task = (command: string, uri: string | null = null, data = '') =>
  `<Task version="1.2" ${xmlns}>${uri === null ? '' : `<RegistrationInfo><URI>${uri}</URI></RegistrationInfo>`}` +
  `${data}<Actions><Exec><Command>${command}</Command></Exec></Actions></Task>`
const declaration = '<?xml version="1.0" encoding="UTF-16"?>\r\n'

const told = (text: string) => {
  const { listed, problems } = listedOfExport(text, 3, 'Saved')
  const tasks = listed.map(({ path, actions }) => [path, actions?.map((each) => each.kind === 'exec' && each.command)])
  return { tasks, problems: problems.map(({ code }) => code) }
}

test('one task: its URI names it, else its file does', () => {
  expect(told(declaration + task('a.exe', '\\Folder\\Own'))).toEqual({
    tasks: [['\\Folder\\Own', ['a.exe']]],
    problems: [],
  })
  expect(told(declaration + task('a.exe'))).toEqual({ tasks: [['\\Saved', ['a.exe']]], problems: [] })
})

test('schtasks /query /xml ONE: the comment before each task is its path, also where the URI says another', () => {
  const one = `<Tasks>\r\n\r\n<!-- \\A -->\r\n${task('a.exe')}\r\n\r\n<!-- \\F\\B -->\r\n${task('b.exe', '\\C')}\r\n</Tasks>`
  expect(told(declaration + one)).toEqual({
    tasks: [
      ['\\A', ['a.exe']],
      ['\\F\\B', ['b.exe']],
    ],
    problems: [],
  })
})

test('one document after the other: Export-ScheduledTask of many, and schtasks without ONE', () => {
  const documents = ['\\A', '\\B'].map((uri) => declaration + task('x.exe', uri)).join('\r\n')
  expect(told(documents).tasks.map(([path]) => path)).toEqual(['\\A', '\\B'])
  const commented = `<!-- \\A -->\r\n${declaration}${task('a.exe')}<!-- \\B -->\r\n${declaration}${task('b.exe')}`
  expect(told(commented).tasks.map(([path]) => path)).toEqual(['\\A', '\\B'])
})

test('of several without names each is told as one that has none', () => {
  expect(told(declaration + task('a.exe') + declaration + task('b.exe', '\\B'))).toEqual({
    tasks: [['\\B', ['b.exe']]],
    problems: ['no-task-path'],
  })
})

test('a task that is cut costs itself, and what somebody keeps in Data begins none', () => {
  const cut = task('a.exe', '\\A').slice(0, -30)
  expect(told(declaration + cut + declaration + task('b.exe', '\\B'))).toMatchObject({
    tasks: [
      ['\\A', expect.anything()],
      ['\\B', ['b.exe']],
    ],
    problems: ['bad-task-file'],
  })
  const kept = '<Data><Task>mine</Task><Task/></Data>'
  expect(told(declaration + task('a.exe', '\\A', kept)).tasks).toEqual([['\\A', ['a.exe']]])
})

test('a text of nothing but comments and tags costs no more than its length', () => {
  for (const piece of ['<!--', '<Task ', '</Task>', '<!-- \\a', '<Task>'])
    expect(told(piece.repeat(100_000)).tasks.length).toBeLessThan(2)
})
