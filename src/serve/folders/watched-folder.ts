import { setImmediate as immediately } from 'node:timers/promises'
import { clean } from '../../report/index.ts'
import { reasonOf } from '../../sources/reason.ts'
import type { Clock } from '../clock.ts'
import type { Intake, Sender } from '../ports.ts'
import type { WatchedFile, WatchedFiles } from '../store/watched-files.ts'
import {
  type Followed,
  type Follower,
  followChunks,
  followText,
  followWhole,
  headOf,
  isSameUpTo,
  windowSize,
} from './follow.ts'
import { kindOfFile } from './kind.ts'
import { OpenFile } from './open-file.ts'
import type { FolderSettings } from './settings.ts'
import { type FolderProblem, type FoundFile, listFolder } from './tree.ts'

export interface FolderDeps {
  readonly intake: Intake
  readonly files: WatchedFiles
  readonly clock: Pick<Clock, 'now'>
  readonly settings: FolderSettings
  /** Of something that could not be read, once until it is otherwise. */
  readonly tell: (problem: FolderProblem) => void
}

/** What a round came to. */
export interface Round {
  readonly bytes: number
  /** Milliseconds after which the next makes sense: 0 when there is more to be read at once. */
  readonly wait: number
}

/** Whoever puts files there may speak for any host. */
const sender: Sender = { name: 'watched folder', hosts: null }
/** Files of a round that are read at the same time: one is taken in while the next is read from the disk. */
const atOnce = 2
/** The disk takes nothing, or the service ends. */
const waitOfUnavailable = 5_000
/** Files whose state is written in one transaction. */
const writtenAtOnce = 256
/** Files that are gone and still remembered. */
const mostGone = 10_000

/** The intake takes nothing at the moment. */
class Waits extends Error {
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super('it waits')
    this.milliseconds = milliseconds
  }
}

const nothingTaken = {
  ...{ position: 0, head: '', tail: '', headerEnd: 0, restTo: 0, isLive: false, open: null, gone: null },
  chunks: new Float64Array(0),
}

/** A folder into which others put logs: whatever is new in it is taken, round by round. Nothing is ever written there. */
export class WatchedFolder {
  readonly #root: string
  readonly #deps: FolderDeps
  readonly #known: Map<string, WatchedFile>
  /** Files in which something waits, with how they stood when they were seen so first. */
  readonly #resting = new Map<string, { readonly size: number; readonly changed: number; readonly since: number }>()
  /** Files by the hash of their beginning, so far as it was taken. */
  readonly #byHead = new Map<string, Set<string>>()
  /** When logs in use were looked into last. */
  readonly #lookedInto = new Map<string, number>()
  /** What was told of each file last. */
  readonly #told = new Map<string, string>()
  /** The file after which the next round begins. */
  #cursor = ''
  #isEnding = false
  readonly #unwritten = new Set<string>()

  constructor(root: string, deps: FolderDeps) {
    this.#root = root
    this.#deps = deps
    this.#known = new Map(deps.files.below(root).map((file) => [file.path, file]))
    for (const file of this.#known.values()) this.#noteHead(file)
  }

  /** What is being read is let go at the next post. */
  end(): void {
    this.#isEnding = true
  }

  /** Looks at every file, and reads on what is new. Throws only for faults of ours. */
  async round(): Promise<Round> {
    const { settings } = this.#deps
    const listing = await this.#list()
    if (listing === null) return { bytes: 0, wait: settings.every }
    this.#noteRenamed(listing.files)
    this.#noteGone(listing.files, listing.unlisted)
    const files = this.#turned(listing.files)
    let [bytes, wait, isMore, next] = [0, 0, false, 0]
    const work = async () => {
      while (wait === 0 && bytes < settings.bytesOfRound) {
        const file = files[next++]
        if (file === undefined) return
        // nobody is kept waiting by thousands of files that are as they were
        if (next % 1_000 === 0) await immediately()
        const followed = await this.#visit(file).catch((error: unknown) => {
          if (!(error instanceof Waits)) throw error
          wait = Math.max(wait, error.milliseconds)
          return null
        })
        if (followed === null) continue
        bytes += followed.bytes
        isMore ||= followed.state === 'more'
        this.#cursor = file.path
      }
    }
    try {
      await Promise.all(Array.from({ length: atOnce }, work))
    } finally {
      this.#write()
    }
    if (next < files.length) isMore = true
    else this.#cursor = ''
    return { bytes, wait: wait > 0 ? wait : isMore ? 0 : settings.every }
  }

  async #list() {
    try {
      const listing = await listFolder(this.#root, this.#deps.settings.files)
      const told = new Set(listing.problems.map(({ path }) => path))
      for (const problem of listing.problems) this.#tell(problem)
      if (!told.has(this.#root)) this.#told.delete(this.#root)
      return listing
    } catch (error) {
      this.#tell({ path: this.#root, code: 'cannot-open', reason: reasonOf(error) })
      return null
    }
  }

  /** The files after the one with which the last round ended come first. */
  #turned(files: readonly FoundFile[]): FoundFile[] {
    const at = files.findIndex(({ path }) => path > this.#cursor)
    return at <= 0 ? [...files] : [...files.slice(at), ...files.slice(0, at)]
  }

  /** Files under other names than before: what was taken of them goes with them, all at once, for one may have the name that another had. */
  #noteRenamed(files: readonly FoundFile[]): void {
    const byIdentity = new Map([...this.#known.values()].map((file) => [file.identity, file]))
    const moved = files.flatMap(({ path, identity }) => {
      const before = byIdentity.get(identity)
      return before && before.path !== path && this.#known.get(path)?.identity !== identity ? [{ before, path }] : []
    })
    // a second name of a file that has its first one still is no other name
    const there = new Map(files.map(({ path, identity }) => [path, identity]))
    const gone = moved.filter(({ before }) => there.get(before.path) !== before.identity)
    for (const { before } of gone) this.#forget(before.path)
    for (const { before, path } of gone) this.#keep({ ...before, path, gone: null, changed: -1 })
  }

  /** Those that are not there any more, if their folders could be looked at; long gone ones are forgotten. */
  #noteGone(files: readonly FoundFile[], unlisted: readonly string[]): void {
    const { clock, settings } = this.#deps
    const there = new Set(files.map(({ path }) => path))
    const now = clock.now()
    const gone: WatchedFile[] = []
    for (const file of [...this.#known.values()]) {
      if (there.has(file.path)) continue
      if (file.gone === null) {
        if (!unlisted.some((folder) => file.path.startsWith(folder))) this.#leave(file, now)
      } else if (now - file.gone >= settings.remembered) this.#forget(file.path)
      else gone.push(file)
    }
    gone.sort((a, b) => (a.gone ?? 0) - (b.gone ?? 0))
    for (const { path } of gone.slice(0, Math.max(0, gone.length - mostGone))) this.#forget(path)
    for (const path of [...this.#resting.keys()]) if (!there.has(path)) this.#resting.delete(path)
  }

  #leave(file: WatchedFile, now: number): void {
    if (file.changed < 0)
      this.#tell({ path: file.path, code: 'gone', reason: 'it went away before it was read to its end' })
    this.#keep({ ...file, gone: now })
  }

  #noteHead({ path, head, position }: WatchedFile): void {
    if (position < windowSize || head === '') return
    const paths = this.#byHead.get(head)
    if (paths) paths.add(path)
    else this.#byHead.set(head, new Set([path]))
  }

  #forgetHead(path: string): void {
    const head = this.#known.get(path)?.head
    if (head === undefined) return
    const paths = this.#byHead.get(head)
    paths?.delete(path)
    if (paths?.size === 0) this.#byHead.delete(head)
  }

  #forget(path: string): void {
    this.#forgetHead(path)
    this.#known.delete(path)
    this.#lookedInto.delete(path)
    this.#told.delete(path)
    this.#unwritten.add(path)
  }

  readonly #keep = (file: WatchedFile): void => {
    this.#forgetHead(file.path)
    this.#known.set(file.path, file)
    this.#noteHead(file)
    this.#unwritten.add(file.path)
    if (this.#unwritten.size >= writtenAtOnce) this.#write()
  }

  /** Writes how far files were taken: many at once, for each write waits for the disk. What a kill forgets is taken once more. */
  #write(): void {
    if (this.#unwritten.size === 0) return
    const paths = [...this.#unwritten]
    const files = paths.flatMap((path) => this.#known.get(path) ?? [])
    this.#deps.files.update(
      this.#root,
      files,
      paths.filter((path) => !this.#known.has(path)),
    )
    this.#unwritten.clear()
  }

  /** Reads on a file that is not as it was, or in which something waits; null: there is nothing to do. */
  async #visit(found: FoundFile): Promise<Followed | null> {
    const known = this.#known.get(found.path)
    const isAsItWas =
      known?.gone === null &&
      known.identity === found.identity &&
      known.size === found.size &&
      known.changed === found.changed
    const isInUse = isAsItWas && known.isLive && this.#isTimeToLookInto(found.path)
    if (isAsItWas && !isInUse && !this.#resting.has(found.path)) return null
    const rest = this.#restOf(found)
    if (rest === 'resting' && !isInUse) return null
    let file: OpenFile
    try {
      file = await OpenFile.open(found.path, this.#root)
    } catch (error) {
      // gone meanwhile: the next round sees it
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#tell({ path: found.path, code: 'cannot-open', reason: reasonOf(error) })
      return null
    }
    try {
      return await this.#follow(file, known, rest === 'settled')
    } catch (error) {
      this.#resting.delete(found.path)
      if (error instanceof Waits || !isOfSystem(error)) throw error
      this.#tell({ path: found.path, code: 'cannot-read', reason: reasonOf(error) })
      return null
    } finally {
      await file.close()
    }
  }

  #isTimeToLookInto(path: string): boolean {
    const now = this.#deps.clock.now()
    if (now - (this.#lookedInto.get(path) ?? 0) < this.#deps.settings.live) return false
    this.#lookedInto.set(path, now)
    return true
  }

  /** Whether it is not as it was when it was looked at last, still is, or has been for long enough to stay so. */
  #restOf({ path, size, changed }: FoundFile): 'changed' | 'resting' | 'settled' {
    const { clock, settings } = this.#deps
    const before = this.#resting.get(path)
    if (before?.size === size && before.changed === changed)
      return clock.now() - before.since >= settings.settled ? 'settled' : 'resting'
    this.#resting.set(path, { size, changed, since: clock.now() })
    return 'changed'
  }

  async #follow(file: OpenFile, before: WatchedFile | undefined, isSettled: boolean): Promise<Followed> {
    const known = await this.#knownOf(file, before, isSettled)
    const { settings } = this.#deps
    const follower: Follower = { settings, post: this.#post, keep: this.#keep }
    const { kind } = known
    if (kind === 'unknown') {
      if (isSettled) this.#keep({ ...known, size: file.size, changed: file.changed })
      return this.#ended(file, { state: isSettled || file.size === 0 ? 'done' : 'rests', bytes: 0 })
    }
    if (kind === 'whole' && file.size > settings.whole) {
      const reason = `${file.size} bytes in a form that can only be read as a whole: scan it, or have it written as lines`
      this.#tell({ path: file.path, code: 'too-large', reason })
      this.#keep({ ...known, size: file.size, changed: file.changed })
      return this.#ended(file, { state: 'done', bytes: 0 })
    }
    if (kind === 'evtx') this.#lookedInto.set(file.path, this.#deps.clock.now())
    const follow = kind === 'evtx' ? followChunks : kind === 'whole' ? followWhole : followText
    return this.#ended(file, await follow(file, known, isSettled, follower))
  }

  #ended({ path }: OpenFile, followed: Followed): Followed {
    if (followed.state !== 'rests') this.#resting.delete(path)
    if (followed.bytes > 0) this.#told.delete(path)
    return followed
  }

  /** How far it was taken: under its name, or under another that it had before or that it is a copy of. */
  async #knownOf(file: OpenFile, before: WatchedFile | undefined, isSettled: boolean): Promise<WatchedFile> {
    const { path, identity } = file
    const isSame = before?.identity === identity && before.kind !== 'unknown' && before.kind !== 'whole'
    if (before && isSame && (before.position === 0 || before.kind === 'evtx' || (await isSameUpTo(file, before))))
      return { ...before, gone: null }
    const former = await this.#formerOf(file)
    // one that is read as a whole and has grown may turn out to be one that grows by lines
    if (former && (former.kind !== 'whole' || former.position === file.size))
      return { ...former, path, identity, gone: null, changed: -1 }
    const { kind, problem } = await kindOfFile(file, isSettled)
    if (problem) this.#tell({ path, ...problem })
    // written anew, an event log is known by its chunks
    const { chunks, open } = kind === 'evtx' && before?.kind === 'evtx' ? before : nothingTaken
    return { ...nothingTaken, path, identity, kind, chunks, open, size: -1, changed: -1 }
  }

  /** The file of which this is a copy, or which it was before it got another name and number. */
  async #formerOf(file: OpenFile): Promise<WatchedFile | null> {
    for (const path of this.#byHead.get((await headOf(file)) ?? '') ?? []) {
      const known = this.#known.get(path)
      if (known && (await isSameUpTo(file, known))) return known
    }
    return null
  }

  readonly #post: Follower['post'] = async (path, kind, bytes, takenTo = 0) => {
    if (this.#isEnding) throw new Waits(waitOfUnavailable)
    const taken = await this.#deps.intake.take({ sender, source: path, bytes, kind, items: null, takenTo })
    if (taken.kind === 'full') throw new Waits(taken.retryAfter * 1_000)
    if (taken.kind === 'unavailable') throw new Waits(waitOfUnavailable)
  }

  #tell(problem: FolderProblem): void {
    const { path, code, reason } = problem
    if (this.#told.get(path) === code) return
    this.#told.set(path, code)
    this.#deps.tell({ path, code, reason: clean(reason) })
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error
