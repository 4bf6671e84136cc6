import { createHash } from 'node:crypto'
import { RE2JS, RE2JSException, RE2Set } from 're2js'
import { z } from 'zod'
import { wrongText } from '../../measure/form.ts'
import type { CommandLinePattern, Settings, SettingsInForce, WorkingHours } from '../../model/settings.ts'
import { UsageError } from '../refusals.ts'
import { readTextFile } from '../text-file.ts'
import { YamlFile } from '../yaml-file.ts'

/** More than anybody writes by hand; all patterns are looked for at once. */
const mostPatterns = 256
const mostAccounts = 10_000
const longestText = 1_000
/** Bits that are the user's judgement, by default and at most: as much as is assumed of anything, and half of high. */
const defaultBits = { taskAuthor: 2, commandLineRegex: 3, executionWindow: 2 }
const mostBits = 7

const text = z.string('is no text').min(1, 'is empty').max(longestText, `is longer than ${longestText} characters`)
const bits = (byDefault: number) =>
  z.number('is no number').min(0.1, 'is less than 0.1').max(mostBits, `is more than ${mostBits}`).default(byDefault)
const accounts = z.array(text, 'is no list of accounts').max(mostAccounts, `has more than ${mostAccounts}`)

const authorForm = z
  .strictObject({ creators: accounts.nullish(), authors: accounts.nullish(), bits: bits(defaultBits.taskAuthor) })
  .refine(({ creators, authors }) => creators != null || authors != null, 'has neither creators nor authors')
  .transform(({ creators = null, authors = null, ...more }) => ({ creators, authors, ...more }))

const pattern = text.superRefine((written, context) => {
  const wrong = wrongPattern(written)
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong })
})

const patternForm = z.union([
  pattern.transform(
    (written): CommandLinePattern => ({ pattern: written, says: null, bits: defaultBits.commandLineRegex }),
  ),
  z
    .strictObject({ pattern, says: text.nullish(), bits: bits(defaultBits.commandLineRegex) })
    .transform(({ says = null, ...more }): CommandLinePattern => ({ says, ...more })),
])

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const everyDay = weekdays.map((_, day) => day)

const windowForm = z
  .strictObject({
    days: z.number('is no number of days').min(1, 'is less than 1').max(36_500, 'is more than 36500').nullish(),
    hours: z
      .string('is no span such as 07:00-19:00')
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'is no span such as 07:00-19:00')
      .nullish(),
    weekdays: z.array(z.enum(weekdays, `is none of ${weekdays.join(', ')}`)).nullish(),
    offset: z
      .string('is no offset such as +01:00')
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'is no offset such as +01:00')
      .default('+00:00'),
    bits: bits(defaultBits.executionWindow),
  })
  .refine(
    ({ days, hours, weekdays: on }) => days != null || hours != null || on != null,
    'has neither days, hours nor weekdays',
  )
  .transform(({ days = null, hours, weekdays: on, offset, bits: weight }) => ({
    days,
    hours: hours == null && on == null ? null : hoursOf(hours ?? '00:00-00:00', on ?? null, offset),
    bits: weight,
  }))

const settingsForm = z
  .strictObject(
    {
      TaskAuthor: authorForm.nullish(),
      CommandLineRegex: z
        .array(patternForm, 'is no list of patterns')
        .max(mostPatterns, `has more than ${mostPatterns} patterns`)
        .nullish(),
      ExecutionWindow: windowForm.nullish(),
    },
    'expected TaskAuthor, CommandLineRegex or ExecutionWindow',
  )
  .transform(({ TaskAuthor = null, CommandLineRegex, ExecutionWindow = null }) => ({
    taskAuthor: TaskAuthor,
    commandLineRegex: CommandLineRegex ?? [],
    executionWindow: ExecutionWindow,
  }))

/** Reads a file of settings, YAML or JSON; throws a UsageError that names the line. docs/settings.md has the form. */
export const openSettings = (path: string): SettingsInForce => readSettings(readTextFile(path), path)

export function readSettings(source: string, path: string): SettingsInForce {
  const file = new YamlFile(source, path)
  const { data, error } = settingsForm.safeParse(file.value ?? {})
  const issue = error?.issues[0]
  if (issue !== undefined) {
    const deepest = deepestOf(issue)
    throw new UsageError(`${file.placeOf(deepest)}: ${saysOf(deepest)}`)
  }
  const said = data as Omit<Settings, 'id'>
  const id = createHash('sha256')
    .update(`tasktrail.settings/1\n${JSON.stringify(said)}`)
    .digest('hex')
    .slice(0, 32)
  return {
    settings: { id, ...said },
    patternsIn: finderOf(said.commandLineRegex.map(({ pattern: written }) => written)),
  }
}

type Issue = z.core.$ZodIssue

/** Of a union the branch that came furthest: what was meant. */
function deepestOf(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.map(([first]) => first).filter((each) => each !== undefined)
  const best = inner.find(({ code }) => code !== 'invalid_type') ?? inner.at(-1)
  return best === undefined ? issue : deepestOf({ ...best, path: [...issue.path, ...best.path] })
}

function saysOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys')
    return wrongText({ path: issue.path, message: `there is no key ${issue.keys.join(', ')}` })
  return wrongText(issue).replace(/^([^:]+): (is|has) /, '$1 $2 ')
}

/** RE2's syntax, which every line is searched for in linear time: no look-around and no references back. */
function wrongPattern(written: string): string | undefined {
  try {
    RE2JS.compile(written, RE2JS.CASE_INSENSITIVE)
    return undefined
  } catch (error) {
    if (error instanceof RE2JSException) return `is no pattern of RE2: ${error.message}`
    throw error
  }
}

function finderOf(patterns: readonly string[]): SettingsInForce['patternsIn'] {
  if (patterns.length === 0) return () => []
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE)
  for (const each of patterns) set.add(each)
  set.compile()
  return (line) => set.match(line)
}

function hoursOf(span: string, on: readonly (typeof weekdays)[number][] | null, offset: string): WorkingHours {
  const [from = '', to = ''] = span.split('-')
  return {
    from: minutesOf(from),
    // 24 hours where both are the same.
    to: from === to ? minutesOf(to) + 1440 : minutesOf(to),
    weekdays: on === null ? everyDay : [...new Set(on.map((day) => weekdays.indexOf(day)))].sort(),
    offset: minutesOf(offset.slice(1)) * (offset.startsWith('-') ? -1 : 1),
  }
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
