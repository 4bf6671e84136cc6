import { counted } from '../model/counted.ts'
import { clean } from '../report/clean.ts'
import type { RunProgress } from '../run/progress.ts'

/** One line on stderr while a command works: what it does, how far it is, how fast. Silent unless somebody looks at a terminal. */
export class ProgressLine {
  readonly #active: boolean
  #began = Date.now()
  #stage = ''
  #isShown = false

  constructor(quiet: boolean) {
    this.#active = !quiet && process.stderr.isTTY === true
  }

  show(progress: RunProgress): void {
    if (!this.#active) return
    if (progress.stage !== this.#stage) this.#began = Date.now()
    this.#stage = progress.stage
    const seconds = Math.max((Date.now() - this.#began) / 1000, 0.001)
    const width = (process.stderr.columns || 80) - 1
    process.stderr.write(`\r\u001b[2K${clean(progressText(progress, seconds)).slice(0, width)}`)
    this.#isShown = true
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001b[2K')
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
      return `reading: ${share}${megabytes(done)} of ${megabytes(total)} MB${many} · ${rate}${input === null ? '' : ` · ${input}`}`
    }
    case 'correlating':
      return `correlating: ${share}${done} of ${total} facts · ${(done / seconds / 1000).toFixed(0)} thousand/s`
    case 'weighing':
      return 'weighing what was found'
    case 'writing':
      return 'writing'
    default:
      return stage satisfies never
  }
}
