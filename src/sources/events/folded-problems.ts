import type { Problem } from '../../model/problem.ts'

/** How much of what was found is shown. */
const shown = 60

/** Told of each problem by itself, as it is met. */
export type OnProblem = (code: string, offset: number, example: string) => void

/** Problems of one kind in one input are told once, with their number and the first of them. */
export class FoldedProblems {
  readonly #file: string
  readonly #each: OnProblem
  readonly #folds = new Map<string, { count: number; offset: number; example: string }>()

  constructor(file: string, each: OnProblem = () => {}) {
    this.#file = file
    this.#each = each
  }

  add(code: string, offset: number, example = ''): void {
    this.#each(code, offset, example)
    const fold = this.#folds.get(code)
    if (fold) fold.count++
    else this.#folds.set(code, { count: 1, offset, example: example.slice(0, shown) })
  }

  report(report: (problem: Problem) => void): void {
    for (const [code, { count, offset, example }] of this.#folds) {
      const reason = reasonOf(code, example, count)
      report({ file: this.#file, offset, chunk: null, code, reason })
    }
    this.#folds.clear()
  }
}

/** What is told of so many problems of one kind. */
export function reasonOf(code: string, example: string, count = 1): string {
  const [one, many] = sentences[code] ?? [code, code]
  const what = count === 1 ? one : `${count} ${many}, the first here`
  return example === '' ? what : `${what}: ${JSON.stringify(example.slice(0, shown))}`
}

const sentences: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'bad-json': ['an event is not valid JSON', 'events are not valid JSON'],
  'unknown-event': ['an event is of no form that is known', 'events are of no form that is known'],
  'bad-utf8': [
    'an event is not valid UTF-8 and was read with its bad bytes replaced',
    'events are not valid UTF-8 and were read with their bad bytes replaced',
  ],
  'control-characters': [
    'an event holds bare control characters and was read without them',
    'events hold bare control characters and were read without them',
  ],
  'too-long': [
    'an event is longer than any event can be and was passed over',
    'events are longer than any event can be and were passed over',
  ],
  'too-deep': [
    'an event is nested deeper than any event can be and was not read',
    'events are nested deeper than any event can be and were not read',
  ],
  'passed-over': [
    'what follows is so broken that it was not looked at again for events that begin within others',
    'stretches are so broken that they were not looked at again for events that begin within others',
  ],
  truncated: ['the input ends within an event or a list of them', 'inputs end within an event or a list of them'],
  'bad-xml': ['an event has no end before the next one begins', 'events have no end before the next one begins'],
  'bad-event-xml': ['an event cannot be read', 'events cannot be read'],
  'bad-csv': [
    'a row is broken: a quoted value goes on behind its end',
    'rows are broken: a quoted value goes on behind its end',
  ],
  'bad-row': [
    'a row has not as many values as the header and was not used',
    'rows have not as many values as the header and were not used',
  ],
  'nested-too-deep': [
    'an event may lie deeper in wrappings than anything real does, and was not looked for there',
    'events may lie deeper in wrappings than anything real does, and were not looked for there',
  ],
  embedded: [
    'an event’s XML stands within quotes of something that is not known, so its escapes cannot be told, and was not used',
    'events’ XML stands within quotes of something that is not known, so its escapes cannot be told, and was not used',
  ],
  'no-data': [
    'an event has no data in this form, only a message, which is never parsed: provider, id, time, host and record id are all there is. Export it with `wevtutil epl`, or each event with ToXml()',
    'events have no data in this form, only a message, which is never parsed: provider, id, time, host and record id are all there is. Export them with `wevtutil epl`, or each event with ToXml()',
  ],
  'no-time': ['an event has no time', 'events have no time'],
}
