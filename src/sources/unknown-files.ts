import type { Note } from '../model/note.ts'

/** Files of no known kind with one ending; `ending` is empty for those without. */
export interface SkippedFiles {
  readonly ending: string
  readonly count: number
}

const mostNamed = 10
/** Endings kept apart; the rest are counted as those without. */
const mostEndings = 50

/** What stands in events, however they are written. */
const eventWords =
  /Microsoft-Windows-|EventRecordI[Dd]|Event_?I[Dd]\b|EventCode|TimeCreated|ElfChnk|winlog\b|\\Microsoft\\Windows\\TaskScheduler/

/** How the lab's truth begins. */
const labTruth = /^\s*\{\s*"set": "lab-/

/** Files that are of no kind that is known: the first that look like events by name, all of them by their ending. */
export class UnknownFiles {
  readonly notes: Note[] = []
  readonly #endings = new Map<string, number>()
  count = 0

  add(name: string, beginning: Buffer): void {
    this.count++
    const written = /\.([A-Za-z0-9_-]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''
    const ending = this.#endings.has(written) || this.#endings.size < mostEndings ? written : ''
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1)
    const text = noteOn(beginning)
    if (this.notes.length < mostNamed && text !== null) this.notes.push({ file: name, code: 'unknown-kind', text })
  }

  /** The most frequent first. */
  endings(): SkippedFiles[] {
    return [...this.#endings]
      .map(([ending, count]) => ({ ending, count }))
      .sort((a, b) => b.count - a.count || (a.ending < b.ending ? -1 : 1))
  }
}

function noteOn(beginning: Buffer): string | null {
  const text = beginning.toString('latin1').replaceAll('\0', '') // UTF-16 without its zeros reads like UTF-8
  if (labTruth.test(text)) return 'it says what is true of telemetry that the lab made: no evidence, and left alone'
  return eventWords.test(text) ? 'it looks like events, but is of no kind that is known and was left alone' : null
}
