import { readDefinition } from '../../decode/task-xml/index.ts'
import type { Fact } from '../../model/fact.ts'
import { formatInstant } from '../../model/time.ts'
import { interests, normalize } from '../../normalize/index.ts'
import { jsonLine, legible, problemText } from '../../report/index.ts'
import { unitsOf } from '../../run/index.ts'
import { type Explanation, explain } from '../../sources/explain.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { openReader, stepsOf } from '../../sources/index.ts'
import { findInputs, type Input } from '../../sources/inputs.ts'
import { exitCodes } from '../exit-codes.ts'
import { openOutput } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** The first event of an input that says anything here, and what it was read as. */
interface FirstEvent {
  readonly provider: string
  readonly channel: string
  readonly eventId: number
  readonly recordId: number
  readonly time: string
  readonly computer: string
  readonly fact: Fact | { readonly kind: 'unreadable'; readonly reason: string }
}

interface Explained extends Explanation {
  readonly name: string
  /** Null: no event of it says anything here; undefined: it is no log. */
  readonly first: FirstEvent | null | undefined
}

export interface ShowInputsWanted {
  readonly paths: readonly string[]
  readonly format: 'text' | 'json' | 'jsonl'
  readonly source: ForcedKind | null
  readonly followLinks: boolean
}

/** `tasktrail scan --explain-input`: what each input was taken for and why. */
export async function showInputsWork(
  { paths, format, source, followLinks }: ShowInputsWanted,
  { standardInput, temporary, out }: Surroundings,
): Promise<number> {
  const options = { standardInput, forced: source, followLinks, temporary }
  const { inputs, skipped, notes, problems } = await findInputs(paths, options)
  const output = openOutput(out)
  const explained: Explained[] = []
  for (const input of inputs) {
    explained.push({ name: input.name, ...(await explain(input, source)), first: await firstEvent(input) })
  }
  if (format === 'json') output.write(`${jsonLine({ inputs: explained, skippedFiles: skipped, notes, problems })}\n`)
  else if (format === 'jsonl') for (const one of explained) output.write(`${jsonLine(one)}\n`)
  else {
    for (const one of explained) output.write(`${asText(one).join('\n')}\n`)
    if (inputs.length === 0) output.write('nothing was looked at: there is nothing of a kind that is known\n')
    for (const { file, text } of notes) output.write(`${legible(file)}: ${legible(text)}\n`)
    const left = skipped.reduce((sum, { count }) => sum + count, 0)
    if (left > 0) output.write(`${left} more of a kind that is not known, left alone\n`)
    for (const problem of problems) output.write(`${problemText(problem)}\n`)
  }
  output.end()
  if (inputs.length === 0) return exitCodes.nothing
  return problems.length > 0 ? exitCodes.damaged : exitCodes.done
}

/** Thrown out of a reader when one event is enough. */
class Enough extends Error {}

async function firstEvent(input: Input): Promise<FirstEvent | null | undefined> {
  if (stepsOf(input) === 0) return undefined
  let first: FirstEvent | null = null
  const reader = openReader(interests)
  for (const unit of unitsOf([input])) {
    await reader.read(
      unit,
      (record) => {
        const fact = first === null ? normalize(record, { readDefinition }) : null
        if (fact === null) return
        const { provider, channel, eventId, recordId, computer } = record
        first = { provider, channel, eventId, recordId, time: formatInstant(record), computer, fact }
        throw new Enough()
      },
      () => {}, // a scan tells what is damaged
      () => {},
    )
    if (first !== null) break
  }
  return first
}

function asText({ name, kind, because, first }: Explained): string[] {
  const lines = [legible(name), `  taken for ${kind}: ${legible(because)}`]
  if (first === undefined) return lines
  if (first === null) return [...lines, '  no event in it says anything here']
  const { provider, channel, eventId, recordId, time, computer, fact } = first
  const place = [`${provider} ${eventId}`, channel, `record ${recordId}`, time, computer].map(legible).join(', ')
  return [...lines, `  first event: ${place}`, `  read as ${fact.kind}`, ...itemsOf(fact)]
}

const heads = new Set(['kind', 'time', 'ticks', 'source', 'channel', 'eventId', 'recordId', 'position', 'host'])

/** What the fact says besides what its record's header says. */
const itemsOf = (fact: FirstEvent['fact']): string[] =>
  Object.entries(fact)
    .filter(([item, value]) => !heads.has(item) && value !== null)
    .map(
      ([item, value]) =>
        `    ${item}: ${legible(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)}`,
    )
