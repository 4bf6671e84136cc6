import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings } from './settings-file.ts'

const read = (text: string) => readSettings(text, 'settings.yaml')

test('the elements of the analytic are read from YAML or JSON', () => {
  const { settings } = read(`
TaskAuthor:
  creators: ['CORP\\adm-*', S-1-5-21-1-2-3-1131]
CommandLineRegex:
  - \\\\PerfLogs\\\\
  - { pattern: 'curl.*paste', says: fetches from a paste site, bits: 4 }
ExecutionWindow:
  days: 30
  hours: 07:00-19:30
  weekdays: [Mon, Fri]
  offset: '+01:00'
`)
  expect(settings).toEqual({
    id: expect.stringMatching(/^[\da-f]{32}$/),
    taskAuthor: { creators: ['CORP\\adm-*', 'S-1-5-21-1-2-3-1131'], authors: null, bits: 2 },
    commandLineRegex: [
      { pattern: '\\\\PerfLogs\\\\', says: null, bits: 3 },
      { pattern: 'curl.*paste', says: 'fetches from a paste site', bits: 4 },
    ],
    executionWindow: { days: 30, hours: { from: 420, to: 1170, weekdays: [1, 5], offset: 60 }, bits: 2 },
  })
  expect(read('{"ExecutionWindow":{"days":1}}').settings.executionWindow).toEqual({ days: 1, hours: null, bits: 2 })
  expect(read('').settings).toMatchObject({ taskAuthor: null, commandLineRegex: [], executionWindow: null })
})

test('the id is that of what they say, not of how it is written', () => {
  expect(read('{"ExecutionWindow": {"days": 1}}').settings.id).toBe(read('ExecutionWindow:\n  days: 1').settings.id)
  expect(read('ExecutionWindow:\n  days: 2').settings.id).not.toBe(read('ExecutionWindow:\n  days: 1').settings.id)
})

test.each([
  ['TaskAuthor: [a]', 'line 1: TaskAuthor: expected object, received array'],
  ['TaskAuthor:\n  bits: 2', 'line 2: TaskAuthor has neither creators nor authors'],
  ['TaskAuthor:\n  creators: [a]\n  bits: 9', 'line 3: TaskAuthor.bits is more than 7'],
  ['TaskAuthor:\n  creatorz: [a]', 'line 2: TaskAuthor: there is no key creatorz'],
  ['TimeWindow: 3', 'line 1: there is no key TimeWindow'],
  ['- a', 'line 1: expected TaskAuthor, CommandLineRegex or ExecutionWindow'],
  ['CommandLineRegex:\n  - ok\n  - (', 'line 3: CommandLineRegex[1] is no pattern of RE2: error parsing regexp'],
  ['CommandLineRegex:\n  - pattern: (?=a)', 'line 2: CommandLineRegex[0].pattern is no pattern of RE2: '],
  ["CommandLineRegex: ['(x{1000}){1000}']", 'line 1: CommandLineRegex[0] is no pattern of RE2: '],
  [`CommandLineRegex: [${'a'.repeat(1001)}]`, 'line 1: CommandLineRegex[0] is longer than 1000 characters'],
  ['ExecutionWindow:\n  hours: 7-19', 'line 2: ExecutionWindow.hours is no span such as 07:00-19:00'],
  ['ExecutionWindow:\n  hours: 07:00-25:00', 'line 2: ExecutionWindow.hours is no span'],
  ['ExecutionWindow:\n  weekdays: [Monday]', 'line 2: ExecutionWindow.weekdays[0] is none of Sun, Mon'],
  ['ExecutionWindow: {}', 'line 1: ExecutionWindow has neither days, hours nor weekdays'],
])('%s is refused with its place', (text, says) => {
  expect(() => read(text)).toThrow(`settings.yaml, ${says}`)
})

test('patterns are found together, whatever the case, and no line takes long', () => {
  const { patternsIn } = read("CommandLineRegex: ['\\\\perflogs\\\\', '(a+)+$', '(?:[a-z]+)*x{3}y$']")
  expect(patternsIn('C:\\PerfLogs\\run.bat')).toEqual([0])
  expect(patternsIn(`${'a'.repeat(30_000)}b`)).toEqual([])
  expect(patternsIn('nothing 1')).toEqual([])
})

test('the file in docs/settings.md is one', () => {
  const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8')
  const { settings, patternsIn } = read(/```yaml\n(.*?)```/s.exec(page)?.[1] ?? '')
  expect(settings.taskAuthor?.creators).toHaveLength(3)
  expect(patternsIn('C:\\PerfLogs\\a.exe')).toEqual([0])
  expect(settings.executionWindow?.hours?.offset).toBe(60)
})
