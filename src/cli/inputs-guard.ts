import { type Dirent, fstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { standardInputName } from '../sources/standard-input.ts'
import { UsageError } from './refusals.ts'

// Evidence is never written to. Inputs and outputs are compared by device and inode, since a name says nothing.

/** Refuses an output that is an input or lies inside one; `final` is where `path` leads to. */
export function refuseInputs(path: string, final: string, inputs: readonly string[]): void {
  const own = statOf(final)
  for (const input of inputs) {
    const stat = statOfInput(input)
    if (!stat) continue
    if (own && isSame(own, stat))
      throw new UsageError(`${path} is ${nameOf(input)}, which is an input: write elsewhere`)
    if (!stat.isDirectory()) continue
    for (let above = dirname(final); ; above = dirname(above)) {
      const folder = statOf(above)
      if (folder && isSame(folder, stat)) {
        throw new UsageError(`${path} lies inside ${input}, which is an input: write elsewhere`)
      }
      if (above === dirname(above)) break
    }
    // Another name of a file below: a hard link of evidence.
    if (own?.isFile() && own.nlink > 1 && holds(input, own)) {
      throw new UsageError(`${path} is a file inside ${input}, which is an input: write elsewhere`)
    }
  }
}

/** The redirected standard output may not be or lie in an input: a shell has opened it for us to write into. */
export function refuseStandardOutput(inputs: readonly string[]): void {
  const stat = fstatSync(1)
  if (!stat.isFile()) return
  for (const input of inputs) {
    const own = statOfInput(input)
    if (!own) continue
    if (isSame(own, stat)) {
      throw new UsageError(`the output is ${nameOf(input)}, which is an input: write it elsewhere`)
    }
    if (own.isDirectory() && holds(input, stat)) {
      throw new UsageError(`the output lies inside ${input}, which is an input: write it elsewhere`)
    }
  }
}

/** These inputs, and whatever symbolic links below them lead to. */
export function withLinked(inputs: readonly string[]): string[] {
  const all = [...inputs]
  const met = new Set<string>()
  for (const input of all) {
    if (!statOfInput(input)?.isDirectory()) continue
    for (const { path, entry } of below(input)) {
      const stat = entry.isSymbolicLink() ? statOf(path) : null
      const key = `${stat?.dev}:${stat?.ino}`
      if (stat === null || met.has(key)) continue
      met.add(key)
      all.push(path)
    }
  }
  return all
}

export function statOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** `-` is what standard input was opened on. */
const statOfInput = (input: string): Stats | null => (input === standardInputName ? fstatSync(0) : statOf(input))

const nameOf = (input: string): string => (input === standardInputName ? 'what standard input reads' : input)

const isSame = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino

function holds(folder: string, file: Stats): boolean {
  for (const { path, entry } of below(folder)) {
    const stat = entry.isFile() ? statOf(path) : null
    if (stat !== null && isSame(stat, file)) return true
  }
  return false
}

/** All that lies below a folder, without following links. */
function* below(folder: string): Iterable<{ readonly path: string; readonly entry: Dirent }> {
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) folders.push(path)
      yield { path, entry }
    }
  }
}

/** Nothing where the system lets nobody look: then nobody reads it either. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
