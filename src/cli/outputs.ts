import { randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { reasonOf } from '../sources/reason.ts'
import { refuseInputs, statOf } from './inputs-guard.ts'
import { UsageError, WriteError } from './refusals.ts'

/** A place to write to that was looked at before the work began. What is written lies at `partial` until it is whole. */
export interface Reserved {
  readonly kind: 'file' | 'folder' | 'device'
  /** As the user named it. */
  readonly name: string
  readonly final: string
  /** Beside `final`, on the same disk; the same as `final` for a device or a pipe. */
  readonly partial: string
}

export interface OutputWish {
  readonly path: string
  readonly kind: 'file' | 'folder'
  /** What is there may be written over. */
  readonly force: boolean
}

/** Less than this and not even a short report fits: the disk counts as full. */
const leastRoom = 1 << 16

/**
 * Looks at a place to write to before any work is done, and refuses what would harm evidence or fail at the end: an output that is an
 * input or lies inside one (by device and inode, so no other name of it helps), one that is there already, a folder that nobody can
 * write to, a full disk.
 */
export function reserve({ path, kind, force }: OutputWish, inputs: readonly string[]): Reserved {
  if (path === '') throw new UsageError('the output has no name')
  const stat = statOf(path)
  if (stat?.isBlockDevice()) throw new UsageError(`${path} is a disk: name a file`)
  const isDevice = stat !== null && !stat.isFile() && !stat.isDirectory()
  if (isDevice && kind === 'file') return { kind: 'device', name: path, final: path, partial: path }
  // Through a link to what it stands for: that is what would be lost.
  const final = stat === null ? resolve(path) : realpathSync(path)
  refuseInputs(path, final, inputs)
  if (kind === 'file' && stat?.isDirectory()) throw new UsageError(`${path} is a folder: name a file in it`)
  if (kind === 'folder' && stat !== null && !stat.isDirectory()) throw new UsageError(`${path} is a file, not a folder`)
  const isFilled = stat !== null && (kind === 'file' || readdirSync(final).length > 0)
  if (isFilled && !force) {
    throw new UsageError(
      kind === 'file'
        ? `${path} is there already: name another file, or write over it with --force`
        : `${path} is there already and not empty: name another folder, or write into it with --force`,
    )
  }
  const folder = nearestFolder(dirname(final))
  if (kind === 'file' && folder !== dirname(final)) throw new UsageError(`${path}: there is no folder ${dirname(path)}`)
  askForRoom(path, folder)
  return { kind, name: path, final, partial: join(folder, `.tasktrail-${randomUUID()}.part`) }
}

/** Refuses two outputs that would end in one place, or one in the other. */
export function refuseTwice(places: readonly (Reserved | null)[]): void {
  const files = places.filter((place) => place !== null && place.kind !== 'device')
  for (const one of files)
    for (const other of files)
      if (one !== other && `${other?.final}${sep}`.startsWith(`${one?.final}${sep}`))
        throw new UsageError(`${other?.name} and ${one?.name} are two outputs in one place`)
}

/** Puts what was written in its place. Files of a folder that is there already are put into it, one by one. */
export function commit({ kind, name, final, partial }: Reserved): void {
  if (kind === 'device') return
  try {
    if (kind === 'folder') mkdirSync(dirname(final), { recursive: true })
    if (kind === 'folder' && existsSync(final)) moveInto(partial, final)
    else renameSync(partial, final)
  } catch (error) {
    throw cannotWrite(name, error)
  }
}

/** Takes away what is not whole. */
export function abandon({ kind, partial }: Reserved): void {
  if (kind !== 'device') rmSync(partial, { recursive: true, force: true })
}

/** Lets somebody write to the place; what the system says against it is said of the place. */
export function writingTo<T>({ name, partial }: Reserved, write: (partial: string) => T): T {
  try {
    return write(partial)
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? cannotWrite(name, error) : error
  }
}

/** The same for what takes its time. */
export async function writingInto<T>(place: Reserved, write: (partial: string) => Promise<T>): Promise<T> {
  const written = await write(place.partial).then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
  return writingTo(place, written)
}

export const cannotWrite = (name: string, error: unknown): WriteError =>
  new WriteError(`${name} cannot be written: ${reasonOf(error)}`)

function moveInto(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory() && existsSync(target)) moveInto(source, target)
    else renameSync(source, target)
  }
  rmSync(from, { recursive: true })
}

function askForRoom(path: string, folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    const probe = join(folder, `.tasktrail-${randomUUID()}.part`) // root may do what a read-only disk does not let it
    closeSync(openSync(probe, 'wx'))
    rmSync(probe)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw cannotWrite(path, error)
    throw new UsageError(`${path}: the folder ${folder} cannot be written to: ${reasonOf(error)}`)
  }
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < leastRoom) throw new WriteError(`${path} cannot be written: the disk of ${folder} is full`)
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(folder: string): string {
  const stat = statOf(folder)
  if (stat?.isDirectory()) return folder
  if (stat !== null || folder === dirname(folder)) throw new UsageError(`${folder} is no folder`)
  return nearestFolder(dirname(folder))
}
