import { join } from 'node:path'
import type { ClockMemory } from '../../sources/json/local-clock.ts'
import type { FilePort } from '../files/file-port.ts'
import { inFolder } from '../store/folder.ts'
import type { KeptClocks } from './reading.ts'

const unfinished = 'clocks.new'

/** Of each clock so much is kept over the end of the service: its last readings. */
const mostReadings = 4
/** A reading so much newer than the one that is kept is kept instead, in minutes: a clock of twelve hours needs one within six. */
const longest = 180

type Written = Readonly<Record<string, ClockMemory>>

/**
 * What the clocks of sources have shown, in a file of a folder, so that after a start the times of a source without a zone are read as they were
 * before. It is written only where a clock shows something else, or the last reading has become old.
 */
export async function openClockFile(files: FilePort, folder: string): Promise<KeptClocks> {
  const kept = new Map(Object.entries(await writtenIn(files, folder)))
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    const names = await files.list(folder)
    if (names.includes(unfinished)) await files.remove(join(folder, unfinished))
    const file = await files.grow(join(folder, unfinished))
    await file.append([Buffer.from(JSON.stringify(Object.fromEntries(kept)))])
    await file.sync()
    await file.close()
    await files.rename(join(folder, unfinished), join(folder, inFolder.clocks))
    await files.syncFolder(folder)
  }
  return {
    all: kept,
    async keep(source, memory) {
      const own = lastOf(memory)
      if (!saysMore(own, kept.get(source))) return
      kept.set(source, own)
      // a disk that takes nothing is told by the log, which keeps the post itself
      writing = writing.then(write).catch(() => {})
      await writing
    },
    forget(source) {
      kept.delete(source)
    },
  }
}

async function writtenIn(files: FilePort, folder: string): Promise<Written> {
  try {
    if (!(await files.list(folder)).includes(inFolder.clocks)) return {}
    const written: unknown = JSON.parse(Buffer.from(await files.read(join(folder, inFolder.clocks))).toString('utf8'))
    if (typeof written !== 'object' || written === null) return {}
    return Object.fromEntries(Object.entries(written).filter(([, memory]) => isMemory(memory)))
  } catch {
    // it tells nothing then: each clock is measured anew
    return {}
  }
}

const isPairs = (value: unknown): boolean =>
  Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.every((one) => Number.isFinite(one)))

const isMemory = (value: unknown): value is ClockMemory =>
  typeof value === 'object' &&
  value !== null &&
  'measured' in value &&
  'received' in value &&
  isPairs(value.measured) &&
  isPairs(value.received)

/** Readings are the latest first. */
const lastOf = ({ measured, received }: ClockMemory): ClockMemory => ({
  measured: measured.slice(0, mostReadings),
  received: [...received].sort(([, a], [, b]) => b - a).slice(0, mostReadings),
})

function saysMore(now: ClockMemory, before: ClockMemory | undefined): boolean {
  if (before === undefined) return true
  const [[shown, offset] = [0, 0]] = now.measured
  const [[shownBefore, offsetBefore] = [0, 0]] = before.measured
  if (now.measured.length === 0) return now.received[0]?.[0] !== before.received[0]?.[0]
  return offset !== offsetBefore || shown - shownBefore > longest || before.measured.length === 0
}
