import { mostUnpacked, PackingRefused } from '../content/gzip.ts'

/** Nothing more of the archive may be unpacked. */
export class AllowanceSpent extends PackingRefused {}

/** How much all that is in one archive may unpack to, whatever lies in what; what is beyond is refused with a reason. */
export class Allowance {
  readonly #most: number
  #left: number

  /** `packed`: bytes of the archive's file. */
  constructor(packed: number) {
    this.#most = mostUnpacked(packed)
    this.#left = this.#most
  }

  /** Throws AllowanceSpent when more is asked for than is left. */
  take(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0)
      throw new AllowanceSpent(`what is in it unpacks to more than ${this.#most} bytes: the rest is not read`)
  }
}
