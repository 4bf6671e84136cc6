import { counted } from '../model/counted.ts'
import { clean } from '../report/clean.ts'
import type { OnProgress, RunProgress } from '../run/progress.ts'

/** What is needed of a stream to write lines on. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** One line on stderr while a command works: what it does, how far it is, how fast. Silent unless somebody looks at a terminal. */
export class ProgressLine {
  #active: boolean
  #began = Date.now()
  #stage = ''
  #isShown = false

  readonly #terminal: Terminal

  constructor(quiet: boolean, terminal: Terminal = process.stderr) {
    this.#terminal = terminal
    this.#active = !quiet && terminal.isTTY === true
  }

  show(progress: RunProgress): void {
    if (!this.#active) return
    if (progress.stage !== this.#stage) this.#began = Date.now()
    this.#stage = progress.stage
    const seconds = Math.max((Date.now() - this.#began) / 1000, 0.001)
    const width = (this.#terminal.columns || 80) - 1
    this.#terminal.write(`\r\u001b[2K${clean(progressText(progress, seconds)).slice(0, width)}`)
    this.#isShown = true
  }

  /** Takes the line away for good: what follows on the terminal is the result. */
  end(): void {
    this.clear()
    this.#active = false
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#isShown) this.#terminal.write('\r\u001b[2K')
    this.#isShown = false
  }
}

const megabytes = (n: number): string => (n / 1e6).toFixed(0)

/** What the line says after so many seconds of its stage. */
export function progressText({ stage, done, total, records, input }: RunProgress, seconds: number): string {
  const share = total > 0 ? `${Math.min(100, (100 * done) / total).toFixed(0)} % · ` : ''
  switch (stage) {
    case 'making':
      return `making: ${share}${done} of ${counted(total, 'host')}`
    case 'finding':
      return 'looking for what can be read'
    case 'reading': {
      const many = records > 0 ? `, ${counted(records, 'record')}` : ''
      const rate = `${megabytes(done / seconds)} MB/s`
      const all = total > 0 ? ` of ${megabytes(total)}` : ''
      return `reading: ${share}${megabytes(done)}${all} MB${many} · ${rate}${input === null ? '' : ` · ${input}`}`
    }
    case 'correlating':
      return `correlating: ${share}${done} of ${total} facts · ${(done / seconds / 1000).toFixed(0)} thousand/s`
    case 'weighing':
      return `weighing what was found: ${share}${done} of ${total}`
    case 'writing':
      return done === 0 ? 'writing' : `writing: ${megabytes(done)} MB`
    default:
      return stage satisfies never
  }
}

/** The same pieces, with how much of them has gone by told as writing. */
export function* toldPieces(pieces: Iterable<string>, onProgress: OnProgress): Generator<string> {
  let done = 0
  const tell = () => onProgress({ stage: 'writing', done, total: 0, records: 0, input: null })
  tell()
  for (const piece of pieces) {
    yield piece
    done += piece.length
    tell()
  }
}
