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
  /**
   * An object within one that is too long to be an event: an event of a long answer, or something of the answer's own. Returns
   * whether it was an event; where it was none, nothing is said. Who leaves it out gets all as events.
   */
  part?(from: number, to: number): boolean
  /** `bytes` of the input from `position` that hold no event that can be read. */
  lost(code: LossCode, position: number): void
}

/** `passed-over`: damage follows so densely that from here on not all was looked at again. */
export type LossCode = 'too-long' | 'bad-json' | 'bad-xml' | 'truncated' | 'passed-over'

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

/** Around an event: blanks, line ends, the comma after an element, zero bytes, the parts of a byte order mark. */
function isMargin(code: number): boolean {
  return code <= 0x20 || code === 0x2c || code === 0xef || code === 0xbb || code === 0xbf
}

/** The places between which something stands; empty when there are only margins. By steps: an expression could take forever. */
export function withoutMargins(
  text: string,
  from: number,
  to: number,
): { readonly begin: number; readonly end: number } {
  let begin = from
  let end = to
  while (begin < end && isMargin(text.charCodeAt(begin))) begin++
  while (end > begin && isMargin(text.charCodeAt(end - 1))) end--
  return { begin, end }
}
