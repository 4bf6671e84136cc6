import { harmless, PackingRefused } from './gzip.ts'

/**
 * A whole collection packs some 10 to 60 times. One log may be more repetitive than that, but not everything in an archive: beyond
 * this, 15 megabytes would cost as much reading as 6 gigabytes of logs.
 */
const mostRatio = 100

/** Nothing more of the archive may be unpacked. */
export class AllowanceSpent extends PackingRefused {}

/** How much all that is in one archive may unpack to, whatever lies in what; what is beyond is refused with a reason. */
export class Allowance {
  readonly #most: number
  #left: number

  /** `packed`: bytes of the archive's file. */
  constructor(packed: number) {
    this.#most = harmless + packed * mostRatio
    this.#left = this.#most
  }

  /** Throws AllowanceSpent when more is asked for than is left. */
  take(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0)
      throw new AllowanceSpent(
        `what is in it unpacks to more than ${this.#most} bytes, which is more than an archive of its size may: the rest is not read; unpack it first`,
      )
  }
}
