/** A piece of input in which events are found by their places; valid only during the call that hands it out. */
export interface Batch {
  readonly bytes: Buffer
  /** The bytes as Latin-1, one character for each: places in it are places in `bytes`. */
  readonly text: string
  /** Where `bytes` begin in the input. */
  readonly position: number
}

/** Who takes the events that a splitter finds. */
export interface EventTaker {
  begin(batch: Batch): void
  /** One event, or what stands where one should. */
  event(from: number, to: number): void
  /** `bytes` of the input from `position` that hold no event that can be read. */
  lost(code: LossCode, position: number): void
}

export type LossCode = 'too-long' | 'bad-json' | 'truncated'

/** Cuts an input into events, block after block. */
export interface Splitter {
  /** The next bytes of the input; they may be overwritten afterwards. */
  push(bytes: Buffer): void
  /** The input ends here. */
  end(): void
}

/**
 * The longest event that is read: the service limits an event to 64 KiB, which escapes and a rendered message can make some
 * ten times as long. What is longer is passed over, so that a file without line ends cannot fill the memory.
 */
export const longestEvent = 8 << 20
