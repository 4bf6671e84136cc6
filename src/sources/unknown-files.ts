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
  /Microsoft-Windows-|EventRecordI[Dd]|Event_?I[Dd]\b|EventCode|TimeCreated|ElfChnk|^(?:<\d{1,3}>[^\r\n]{0,200})?(?:CEF|LEEF):\d|winlog\b|\\Microsoft\\Windows\\TaskScheduler/

/** How the lab's truth begins. */
const labTruth = /^\s*\{\s*"set": "lab-/

/** What stands in events and in little else: a component of Windows is called Microsoft-Windows-TaskScheduler-Service, too. */
const wordsOfEventsAlone =
  /Microsoft-Windows-(?:Security-Auditing|Sysmon|TaskScheduler|PowerShell|Eventlog|WMI-Activity)(?![-\w])|EventRecordI[Dd]|Event_?I[Dd]\b|EventCode|TimeCreated|ElfChnk|^(?:<\d{1,3}>[^\r\n]{0,200})?(?:CEF|LEEF):\d|winlog\b/

/** Files that are of no kind that is known: all of them by their ending; what else is told of the first that look like something. */
export class UnknownFiles {
  readonly notes: Note[] = []
  readonly #endings = new Map<string, number>()
  count = 0

  /** What makes it evidence that was not read, as the rest of a sentence about it; null: it is none, or may as well be none. */
  add(name: string, beginning: Buffer): string | null {
    this.count++
    const written = /\.([A-Za-z0-9_-]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''
    const ending = this.#endings.has(written) || this.#endings.size < mostEndings ? written : ''
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1)
    const text = noteOn(beginning)
    if (text === null) return null
    if (isUnread(beginning)) return text
    if (this.notes.length < mostNamed) this.notes.push({ file: name, code: 'unknown-kind', text })
    return null
  }

  /** The most frequent first. */
  endings(): SkippedFiles[] {
    return [...this.#endings]
      .map(([ending, count]) => ({ ending, count }))
      .sort((a, b) => b.count - a.count || (a.ending < b.ending ? -1 : 1))
  }
}

/** What stands in lists and definitions of tasks. */
const taskWords =
  /ScheduledTasks?\b|TaskCache|<Task[\s>]|schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task|"?(?:Task_?Name|TaskPath)"?\s{0,4}[:,;=]|TaskName\s+Next Run Time|\\Windows\\System32\\Tasks\\/i

const instead = {
  events: 'the log itself (`wevtutil epl LOG FILE.evtx`) and the exports in docs/carriers.md can be read',
  tasks:
    'the folder System32\\Tasks with the hive SOFTWARE, `schtasks /query /xml` and the lists in docs/carriers.md can be read',
}

/** What a file of no known kind looks like, and what could be read in its place; null: like nothing of ours. */
function noteOn(beginning: Buffer): string | null {
  const text = beginning.toString('latin1').replaceAll('\0', '') // UTF-16 without its zeros reads like UTF-8
  if (labTruth.test(text)) return 'it says what is true of telemetry that the lab made: no evidence, and left alone'
  const what = eventWords.test(text) ? 'events' : taskWords.test(text) ? 'tasks' : null
  if (what === null) return null
  return `it looks like ${formOf(text)} of ${what} in a form that is not known, and was left alone: ${instead[what]}`
}

/** Programs, their manifests and traces speak of events, too. */
function isUnread(beginning: Buffer): boolean {
  const text = beginning.toString('latin1').replaceAll('\0', '')
  if (labTruth.test(text) || !wordsOfEventsAlone.test(text)) return false
  return text.includes('ElfChnk') || (formOf(text) !== 'a binary file' && !/^MZ|schemas-microsoft-com:asm/.test(text))
}

function formOf(text: string): string {
  if (/^(?:\xef\xbb\xbf)?\s*[{[]/.test(text)) return 'JSON'
  if (/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[a-z?!]/i.test(text)) return 'XML'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them
  if (/[\x01-\x08]/.test(text.slice(0, 512))) return 'a binary file'
  return /^[^\r\n]{0,2000}?[,;\t|][^\r\n]{0,2000}?[,;\t|]/.test(text) ? 'a table' : 'a text'
}
