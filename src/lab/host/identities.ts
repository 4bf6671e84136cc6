import type { Instant } from '../../model/time.ts'
import type { Random } from '../random.ts'

/** Process ids, logon ids and Sysmon's GUIDs of one host. */
export class Identities {
  readonly #random: Random
  readonly #machine: string
  #lastPid = 400
  #lastLogonId = 0x1_0000
  #boot = 0
  #processCount = 0

  constructor(random: Random) {
    this.#random = random
    this.#machine = random.hex(8)
  }

  /** Pids and logon ids begin anew with each boot. */
  boot(count: number): void {
    this.#boot = count
    this.#processCount = 0
    this.#lastPid = 400
    this.#lastLogonId = 0x1_0000
  }

  /** Multiples of four that wrap around, so that they are used again: a pid alone names no process. */
  pid(isTaken: (pid: number) => boolean): number {
    do this.#lastPid = 400 + ((this.#lastPid - 400 + 4 * this.#random.whole(1, 260)) % 12_000)
    while (isTaken(this.#lastPid))
    return this.#lastPid
  }

  logonId(): number {
    this.#lastLogonId += this.#random.whole(0x4000, 0x20_0000)
    return this.#lastLogonId
  }

  startKey(): bigint {
    return (BigInt(this.#boot) << 48n) | BigInt(++this.#processCount + 0x40)
  }

  /** `{machine-time-…}`: how Sysmon makes process and logon GUIDs, the time in seconds. Read off real records. */
  guid({ time }: Instant, tail: bigint): string {
    const seconds = Math.floor(time / 1000)
      .toString(16)
      .padStart(8, '0')
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(tail)
    const end = bytes.toString('hex')
    return `{${this.#machine}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${end.slice(0, 4)}-${end.slice(4)}}`
  }
}
