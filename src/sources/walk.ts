import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Problem } from '../model/problem.ts'
import { Archives, type FoundContent } from './archive/archives.ts'
import { FileSpool, MemorySpool } from './archive/spool.ts'
import { type ArtifactKind, artifactKindOf } from './artifact-kinds.ts'
import { Content } from './content/content.ts'
import { beginningOfFile } from './content/file-blocks.ts'
import { type AnyName, givenPath, nameOf, pathBelow, readablePath, realPath } from './file-names.ts'
import type { ForcedKind } from './forced-kind.ts'
import type { Input } from './input.ts'
import { isText, kindOf, kindOfContent } from './kinds.ts'
import { promiseOf, promises } from './promise.ts'
import { cannotRead } from './reason.ts'
import { type StandardInput, standardInputName } from './standard-input.ts'
import { UnknownFiles } from './unknown-files.ts'
import { unsupported } from './unsupported.ts'
import { isWithoutItsRecords } from './wiped-log.ts'

/** Folders below each other; evidence from a mounted disk is deep, but not like this. */
const deepest = 64

/** Of a file so much is read before anything is asked for: what most kinds are told by. */
const firstLook = 8 << 10

interface WalkOptions {
  readonly forced: ForcedKind | null
  readonly followLinks: boolean
  /** A path for a temporary file; null: there is no place for any. */
  readonly newFile: (() => string) | null
}

const isArtifact = (kind: Input['kind']): kind is ArtifactKind =>
  kind === 'task-xml' ||
  kind === 'job' ||
  kind === 'registry-hive' ||
  kind === 'registry-log' ||
  kind === 'registry-export' ||
  kind === 'task-list' ||
  kind === 'wiped-log' ||
  kind === 'audit-policy' ||
  kind === 'log-settings'

/** Goes through what was given and tells of each file what it is. */
export class Walk {
  readonly inputs: Input[] = []
  readonly problems: Problem[] = []
  readonly unknown = new UnknownFiles()
  /** Real paths met: a link in a circle, or a file that is named twice, is read once. */
  readonly #met = new Set<string>()
  /** What was given, as real paths. */
  readonly #given: readonly string[]
  readonly #options: WalkOptions
  readonly #archives: Archives

  constructor(given: readonly string[], options: WalkOptions) {
    this.#options = options
    const spool = options.newFile ? new FileSpool(options.newFile) : new MemorySpool()
    this.#archives = new Archives(
      {
        mayMatter,
        found: (content) => this.#member(content),
        report: (file, code, reason) => this.#report(file, code, reason),
        passedOver: (name) => this.unknown.add(name, Buffer.alloc(0)),
      },
      spool,
    )
    this.#given = given.flatMap(rootOf)
  }

  async visit(path: string): Promise<void> {
    try {
      const found = givenPath(path)
      await this.#visit(found, nameOf(found), 0)
    } catch (error) {
      this.problems.push({ ...cannotRead(path, error), code: 'cannot-open' })
    }
  }

  async standardInput({ path, problem }: StandardInput): Promise<void> {
    if (problem !== null) this.#report(standardInputName, 'cannot-read', `it ended too soon: ${problem}`)
    if (this.#met.has(path) || !existsSync(path)) return
    this.#met.add(path)
    const { size } = statSync(path)
    if (size === 0) this.#report(standardInputName, 'empty', 'nothing came')
    else await this.#file(path, size, standardInputName)
  }

  async #visit(path: AnyName, name: string, depth: number): Promise<void> {
    try {
      const real = realPath(path)
      if (depth > 0 && this.#leadsOut(path, real)) {
        const reason = `a symbolic link to ${Buffer.from(real, 'latin1')}, outside of what was given: not followed (--follow-links does)`
        this.#report(name, 'link-not-followed', reason)
        return
      }
      if (this.#met.has(real)) return
      this.#met.add(real)
      const stat = statSync(path)
      if (stat.isDirectory()) await this.#folder(path, name, depth)
      else if (stat.isFile()) await this.#file(readablePath(path), stat.size, name)
      else if (promiseOf(name) !== null) this.#report(name, 'not-a-file', 'it is no file but a device, pipe or socket')
      else this.#unknown(name, Buffer.alloc(0))
    } catch (error) {
      const problem = cannotRead(name, error)
      this.problems.push(problem.code === 'cannot-read' ? { ...problem, code: 'cannot-open' } : problem)
    }
  }

  async #folder(path: AnyName, name: string, depth: number): Promise<void> {
    if (depth >= deepest) throw new Error(`folders are nested more than ${deepest} deep`)
    for (const child of childrenOf(path)) {
      await this.#visit(pathBelow(path, child), join(name, nameOf(child)), depth + 1)
    }
  }

  #leadsOut(path: AnyName, real: string): boolean {
    if (this.#options.followLinks || !lstatSync(path).isSymbolicLink()) return false
    return !this.#given.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep))
  }

  async #file(path: string, bytes: number, name: string): Promise<void> {
    let asked = firstLook
    let known = beginningOfFile(path, asked)
    const content = new Content(path, null, (size) => {
      if (size > asked) {
        asked = size
        known = beginningOfFile(path, asked)
      }
      return known.subarray(0, size)
    })
    const opened = await this.#archives.open({ name, path, bytes }, (size) => content.beginning(size))
    if (!opened) await this.#take({ name, path, packed: null, place: name, bytes }, content)
  }

  #member({ name, path, place, packed, bytes, beginning, spend }: FoundContent): Promise<boolean> {
    const content = new Content(path, packed, (size) => beginning.subarray(0, size), spend)
    return this.#take({ name, path, packed, place, bytes }, content)
  }

  /** Puts a file among what is read, by its kind, or tells why not. */
  async #take(file: Omit<Input, 'kind'>, content: Content): Promise<boolean> {
    const { forced } = this.#options
    const own = artifactKindOf((size) => content.beginning(size)) ?? (await kindOfContent(content))
    const found = own !== null && isArtifact(own) ? own : (forced ?? own ?? (await this.#promised(file, content)))
    const kind = found === 'evtx' && (await isWithoutItsRecords(content)) ? 'wiped-log' : found
    if (kind === null) return false
    // Of a member nothing is cut into ranges: it can only be read from its beginning to its end.
    this.inputs.push({ ...file, kind: kind === 'json-lines' && file.packed ? 'json' : kind })
    return true
  }

  /** Of what its content does not tell: what it is all the same, by its place; null when it is nothing that can be read. */
  async #promised({ name, place, bytes }: Omit<Input, 'kind'>, content: Content): Promise<Input['kind'] | null> {
    const beginning = content.beginning(256 << 10)
    const promised = promiseOf(place)
    if (promised === null) {
      const advice = bytes === 0 ? null : unsupported(name, beginning)
      if (advice === null) this.#unknown(name, beginning)
      else this.#report(name, 'unsupported', `it is ${advice}`)
      return null
    }
    const isBlank = bytes === 0 || (await content.isAllZero())
    if (promised === 'hive-copy' && isBlank) {
      this.#unknown(name, beginning)
      return null
    }
    if (promised === 'event-log') {
      if (isBlank) return 'wiped-log'
      if (await content.hasEvtxChunk()) return 'evtx'
    }
    // The service finds the definition wherever the comments before it end.
    if (
      promised === 'task' &&
      !isBlank &&
      /<(?:\w+:)?Task[\s>]/.test(beginning.toString('latin1').replaceAll('\0', ''))
    )
      return 'task-xml'
    const what = bytes === 0 ? 'is empty' : isBlank ? 'holds nothing but zeros' : 'is nothing of the kind'
    const reason = `its place or ending says that it is ${promises[promised]}, and it ${what}`
    this.#report(name, bytes === 0 ? 'empty' : 'not-what-it-says', reason)
    return null
  }

  #unknown(name: string, beginning: Buffer): void {
    const unread = this.unknown.add(name, beginning)
    if (unread !== null) this.#report(name, 'unknown-kind', unread)
  }

  #report(file: string, code: string, reason: string): void {
    this.problems.push({ file, offset: null, chunk: null, code, reason })
  }
}

/** The real path of what was given; none where it is not there, which is told when it is visited. */
function rootOf(path: string): string[] {
  try {
    return [realPath(givenPath(path))]
  } catch {
    return []
  }
}

/** Whether a member of an archive may be something that is read, by what it begins with: text may tell it further on. */
function mayMatter(place: string, beginning: Buffer): boolean {
  const first = (size: number) => beginning.subarray(0, size)
  if (promiseOf(place) !== null || artifactKindOf(first) !== null || kindOf(first) !== null) return true
  return beginning.length >= 64 << 10 && isText(beginning.subarray(0, 4096))
}

/** Sorted by what they are called. */
function childrenOf(path: AnyName): AnyName[] {
  const names = readdirSync(path)
  // where a name is no UTF-8, its bytes are needed to open it
  const all: AnyName[] = names.some((name) => name.includes('\ufffd'))
    ? readdirSync(path, { encoding: 'buffer' }).map((bytes) =>
        bytes.toString().includes('\ufffd') ? bytes : bytes.toString(),
      )
    : names
  return all
    .map((name) => ({ name, shown: nameOf(name) }))
    .sort((a, b) => (a.shown < b.shown ? -1 : 1))
    .map(({ name }) => name)
}
