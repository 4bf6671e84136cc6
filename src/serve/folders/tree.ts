import { lstat, opendir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { reasonOf } from '../../sources/reason.ts'

/** A file in a watched folder. */
export interface FoundFile {
  /** The folder as it was named, with the path below it. */
  readonly path: string
  readonly identity: string
  readonly size: number
  /** When it was changed last, in milliseconds. */
  readonly changed: number
}

/** Something in it that cannot be read. */
export interface FolderProblem {
  readonly path: string
  readonly code: string
  readonly reason: string
}

export interface Listing {
  /** By their paths. */
  readonly files: readonly FoundFile[]
  readonly problems: readonly FolderProblem[]
  /** Folders that could not be listed: what is known to lie below them is not gone. */
  readonly unlisted: readonly string[]
}

/** Folders below each other. */
const deepest = 64

/** All files in a folder, up to so many. Links are not followed: what they lead to within the folder is there itself. */
export async function listFolder(root: string, most: number): Promise<Listing> {
  const files: FoundFile[] = []
  const problems: FolderProblem[] = []
  const unlisted: string[] = []
  const real = await realpath(root)
  const report = (path: string, code: string, reason: string) => problems.push({ path, code, reason })
  const waiting: { path: string; depth: number }[] = [{ path: root, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    try {
      for await (const { name } of await opendir(next.path)) {
        const path = join(next.path, name)
        const found = await lookAt(path, real, report)
        if (found === 'folder' && next.depth < deepest) waiting.push({ path, depth: next.depth + 1 })
        else if (found === 'folder') report(path, 'too-deep', `folders are nested more than ${deepest} deep`)
        else if (found !== null) files.push(found)
        if (files.length <= most) continue
        report(root, 'too-many-files', `it holds more than ${most} files: the others are not read`)
        files.pop()
        waiting.length = 0
        unlisted.push(root)
        break
      }
    } catch (error) {
      report(next.path, 'cannot-open', reasonOf(error))
      unlisted.push(next.path)
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems, unlisted }
}

type Report = (path: string, code: string, reason: string) => void

async function lookAt(path: string, root: string, report: Report): Promise<FoundFile | 'folder' | null> {
  if (path.includes('\ufffd')) {
    report(path, 'cannot-open', 'its name is not UTF-8')
    return null
  }
  try {
    const stat = await lstat(path, { bigint: true })
    if (stat.isDirectory()) return 'folder'
    if (stat.isSymbolicLink()) {
      const real = await realpath(path)
      if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep))
        report(path, 'link-not-followed', `a symbolic link to ${real}, outside of the folder: not followed`)
      return null
    }
    if (!stat.isFile()) {
      report(path, 'not-a-file', 'it is no file but a device, pipe or socket')
      return null
    }
    const { dev, ino, size, mtimeNs } = stat
    return { path, identity: `${dev}:${ino}`, size: Number(size), changed: Number(mtimeNs) / 1e6 }
  } catch (error) {
    // gone between the list and the look: the next round sees it so
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(path, 'cannot-open', reasonOf(error))
    return null
  }
}
