import { z } from 'zod'
import type { ExpectedCase } from '../../measure/cases.ts'
import { parseInstant } from '../../model/time.ts'
import { UsageError } from '../refusals.ts'
import { YamlFile } from '../yaml-file.ts'

/** Cases of one file; a hostile one must not keep the scan's findings being searched for ever. */
const mostCases = 10_000
const defaultWithin = 10 * 60_000

const routes = [
  'schtasks',
  'at',
  'powershell',
  'com',
  'wmi',
  'remote-rpc',
  'task-file',
  'registry',
  'group-policy',
] as const

/** What YAML takes for a number or a truth value is text here, too: a task may be called 17. */
const text = z.union([z.string(), z.number(), z.boolean()], 'is no text').transform(String)

/** A text that means something else; `says` is what is wrong with one that does not. */
const meant = <T>(read: (said: string) => T | undefined, says: string) =>
  text.transform((said, context): T => {
    const value = read(said)
    if (value !== undefined) return value
    context.issues.push({ code: 'custom', message: says, input: said })
    return z.NEVER
  })

/** `90s`, `30m`, `2h` in milliseconds. */
export function duration(said: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})([smh])$/.exec(said) ?? []
  return digits === undefined ? undefined : Number(digits) * (units[unit ?? ''] ?? 0)
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

const shape = {
  name: text.nullish(),
  host: text,
  time: meant((said) => parseInstant(said)?.time, 'is no ISO 8601 time such as 2026-03-10T10:00:00Z'),
  within: meant(duration, 'is a number with s, m or h, such as 30m').nullish(),
  task: text.nullish(),
  command: text.nullish(),
  route: z.enum(routes, `is none of ${routes.join(', ')}`).nullish(),
  ran: meant((said) => ({ true: true, false: false })[said], 'is true or false').nullish(),
}

const caseForm = z
  .strictObject(shape)
  .refine(({ task, command }) => task != null || command != null, 'needs a task or a command')
  .transform(
    ({ name, host, time, within, task = null, command = null, route = null, ran = null }): ExpectedCase => ({
      name: name ?? task ?? command ?? '',
      host,
      time,
      within: within ?? defaultWithin,
      task,
      command,
      route,
      ran,
    }),
  )

const casesForm = z
  .array(caseForm, 'expected a list of cases, under `cases:`')
  .max(mostCases, `more than ${mostCases} cases`)

/** Reads `cases:` of a YAML (or JSON) file; throws a UsageError that names the line. docs/validate.md has the form. */
export function readCases(source: string, path: string): ExpectedCase[] {
  const file = new YamlFile(source, path)
  const above = file.isMap ? ['cases'] : []
  const value = above.length === 0 ? file.value : (file.value as { cases?: unknown }).cases
  const { data, error: misfit } = casesForm.safeParse(value)
  // A key that is written otherwise is missing as well.
  const issue = misfit?.issues.find(({ code }) => code === 'unrecognized_keys') ?? misfit?.issues[0]
  if (issue === undefined) return data as ExpectedCase[]
  throw new UsageError(`${file.placeOf({ ...issue, path: [...above, ...issue.path] })}: ${wrongCase(value, issue)}`)
}

type Issue = z.core.$ZodIssue

function wrongCase(cases: unknown, issue: Issue): string {
  const [index, key] = issue.path
  if (typeof index !== 'number') return issue.message
  const number = `case ${index + 1}`
  if (issue.code === 'unrecognized_keys') {
    return `${number}: no key ${issue.keys[0]}; there are ${Object.keys(shape).join(', ')}`
  }
  if (key === undefined) return `${number} ${issue.code === 'invalid_type' ? 'is no map of keys' : issue.message}`
  const said = (cases as Record<PropertyKey, unknown>[])[index]?.[key]
  if (said === undefined) return `${number} has no ${String(key)}`
  return `${number}: ${String(key)} ${issue.message}`
}
