import { Argument, InvalidArgumentError, Option } from 'commander'
import { parseInstant } from '../model/time.ts'
import type { ReportFormat } from '../report/formats.ts'
import { forcibleKinds } from '../sources/forced-kind.ts'
import type { OutputWish } from './outputs.ts'
import { UsageError } from './refusals.ts'

// What several commands take, said once.

/** Gathers paths, none of which is empty. */
export function pathsOf(path: string, before: string[] | undefined): string[] {
  if (path.trim() === '') throw new InvalidArgumentError('Give the path of a file or folder.')
  const paths = before ?? []
  paths.push(path)
  return paths
}

export const pathsArgument = () =>
  new Argument(
    '<paths...>',
    'event logs, task files, SOFTWARE hives, folders or archives (zip, tar) that hold them, or - for standard input',
  ).argParser(pathsOf)

/** Milliseconds; a date, or a date and a time, that the calendar has, in UTC where no zone is given. */
export function time(text: string): number {
  const [, date, clock, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? []
  const whole = clock === undefined ? '00:00:00' : clock.length === 5 ? `${clock}:00` : clock
  const instant = date === undefined ? undefined : parseInstant(`${date}T${whole}${zone ?? 'Z'}`)
  if (!instant) {
    throw new InvalidArgumentError('Give a time that the calendar has, in UTC, such as 2024-05-01 or 2024-05-01 13:00.')
  }
  return instant.time
}

/** Refuses a span that ends before it begins. */
export function refuseEmptySpan({ since, until }: { since?: number | undefined; until?: number | undefined }): void {
  if (since !== undefined && until !== undefined && until <= since) {
    throw new UsageError('--until is not after --since: no moment lies between them')
  }
}

const wholeNumber =
  (most: number, least = 1) =>
  (text: string) => {
    const number = Number(text)
    if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
    return number
  }

export const anyNumber = wholeNumber(1_000_000_000, 0)

export const atLeastOne = wholeNumber(1_000_000)

export const share = (text: string): number => {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1)) throw new InvalidArgumentError('Give a share from 0 to 1.')
  return number
}

export const jobsOption = () =>
  new Option('--jobs <n>', 'threads that read (default: one for each core)').argParser(wholeNumber(64))

/** A host's name in lower case, without the dot that DNS may end it with. */
export function hostName(text: string): string {
  const name = text.trim().replace(/\.$/, '').toLowerCase()
  if (name === '') throw new InvalidArgumentError('Give the name of a host.')
  return name
}

export const hostOption = (says: string) => new Option('--host <name>', says).argParser(hostName)

export const sourceOption = () =>
  new Option('--source <kind>', 'take every log for this kind, whatever it looks like').choices(forcibleKinds)

export const formatOption = (choices: readonly string[], byDefault: string) =>
  new Option('--format <format>', 'how to print').choices(choices).default(byDefault)

/** The formats of a list, of which the first is printed without the option. */
export const reportOption = (formats: readonly Pick<ReportFormat, 'name'>[]) =>
  formatOption(
    formats.map(({ name }) => name),
    formats[0]?.name ?? '',
  )

export const settingsOption = () =>
  new Option('--settings <file>', 'what you expect of your hosts: TaskAuthor, CommandLineRegex, ExecutionWindow')

export const outOption = () => new Option('--out <file>', 'write to a file instead of stdout')

export const fromOption = () =>
  new Option('--from <findings>', 'the finding is one that an earlier scan wrote as json or jsonl')

export const forceOption = () => new Option('--force', 'write over what is there').default(false)

export const followLinksOption = () =>
  new Option('--follow-links', 'follow symbolic links that lead out of what was given').default(false)

export const quietOption = () => new Option('--quiet', 'no progress and no diagnostics').default(false)

/** Where a command that prints was told to write. */
export const fileWish = ({ out, force }: { out?: string | undefined; force: boolean }): OutputWish | null =>
  out === undefined ? null : { path: out, kind: 'file', force }
