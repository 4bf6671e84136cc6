import { asBuffer, type HiveBytes } from './hive-bytes.ts'
import { LOG_BLOCK } from './limits.ts'

/**
 * The seed of hive logs. The specification prints it as the bytes 82 EF 4D 88 7A 4E 55 C5; real logs have the hashes of
 * the number 0x82EF4D887A4E55C5, whose lower half is the first register.
 */
const SEED_LOW = 0x7a4e55c5
const SEED_HIGH = 0x82ef4d88

/** A Marvin32 hash in two halves. */
export interface Marvin32 {
  readonly low: number
  readonly high: number
}

/**
 * Marvin32 over a part of a file, which is read block by block.
 * Source: .NET runtime, Marvin.cs; msuhanov, "Windows registry file format specification", section Log entries.
 */
export function marvin32(source: HiveBytes, from: number, length: number): Marvin32 {
  let low = SEED_LOW
  let high = SEED_HIGH | 0
  const mix = (word: number) => {
    low = (low + word) | 0
    high ^= low
    low = ((low << 20) | (low >>> 12)) + high
    high = ((high << 9) | (high >>> 23)) ^ low
    low = (((low << 27) | (low >>> 5)) + high) | 0
    high = (high << 19) | (high >>> 13)
  }
  let last: Buffer = Buffer.alloc(0)
  for (let done = 0; done < length; done += LOG_BLOCK) {
    const block = asBuffer(source.read(from + done, Math.min(LOG_BLOCK, length - done)))
    const whole = block.length - (block.length % 4)
    for (let at = 0; at < whole; at += 4) mix(block.readInt32LE(at))
    last = block.subarray(whole)
  }
  const end = Buffer.alloc(4)
  last.copy(end)
  end[last.length] = 0x80
  mix(end.readInt32LE(0))
  mix(0)
  return { low: low >>> 0, high: high >>> 0 }
}
