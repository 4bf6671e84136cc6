import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readingExitCode } from '../src/cli/reading-exit-code.ts'
import { findingJson, type ScanResult } from '../src/report/index.ts'
import { scanPaths } from '../src/run/index.ts'
import type { FindingLike } from './run-cli.ts'

/** What a scan of these paths comes to, without starting the program. */
export interface Scanned {
  readonly result: ScanResult
  readonly code: number
  /** `code file`, by file. */
  readonly problems: readonly string[]
}

export async function scanned(path: string, { followLinks = false } = {}): Promise<Scanned> {
  const result = await scanPaths([path], { jobs: 1, followLinks })
  const problems = result.problems.map(
    ({ code, file }) => `${code} ${file.replace(`${path}/`, '').replace(`${path}!`, '')}`,
  )
  return { result, code: readingExitCode(result), problems }
}

/** Every chain of these inputs, as `scanAll` has them from the program. */
export async function chainsIn(...paths: string[]): Promise<FindingLike[]> {
  const { chains, inputs } = await scanPaths(paths, { jobs: 1 })
  return chains.map((scored) => JSON.parse(JSON.stringify(findingJson(scored, inputs))) as FindingLike)
}

/** Writes files with their folders. */
export function laid(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return folder
}
