/** How often the line is written anew: often enough to look alive, in milliseconds. */
const interval = 200

/** One line on stderr while a scan reads: bytes, records, rate. Silent unless somebody looks at a terminal. */
export class ProgressLine {
  readonly #total: number
  readonly #active: boolean
  readonly #began = Date.now()
  #bytes = 0
  #records = 0
  #shown = 0

  constructor(total: number, quiet: boolean) {
    this.#total = total
    this.#active = !quiet && process.stderr.isTTY === true
  }

  add(bytes: number, records: number): void {
    this.#bytes += bytes
    this.#records += records
    const now = Date.now()
    if (!this.#active || now - this.#shown < interval) return
    this.#shown = now
    const seconds = Math.max((now - this.#began) / 1000, 0.001)
    const megabytes = (n: number) => (n / 1e6).toFixed(0)
    const share = this.#total > 0 ? Math.min(100, (100 * this.#bytes) / this.#total).toFixed(0) : '100'
    const counted = this.#records > 0 ? `, ${this.#records} records` : ''
    process.stderr.write(
      `\r\u001b[2K${share} % · ${megabytes(this.#bytes)} of ${megabytes(this.#total)} MB${counted} · ${megabytes(this.#bytes / seconds)} MB/s`,
    )
  }

  end(): void {
    if (this.#active && this.#shown > 0) process.stderr.write('\r\u001b[2K')
  }
}
