import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const checks: string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.check.split(' && ')

const trees: string[] = []
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true })
})

/** A copy of the project's tooling elsewhere, with these files as its whole src/. */
function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-layers-'))
  trees.push(folder)
  const tooling = [
    'scripts/build.ts',
    'scripts/bundle.ts',
    'scripts/page.ts',
    'scripts/check-layers.ts',
    'scripts/core-purity.grit',
    'scripts/no-spread-arguments.grit',
    'scripts/plain-imports.grit',
  ]
  for (const name of ['package.json', 'biome.json', '.gitignore', '.dependency-cruiser.mjs', ...tooling]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'src', name)), { recursive: true })
    writeFileSync(join(folder, 'src', name), text)
  }
  return folder
}

/** Runs the part of `npm run check` that calls this tool. */
function check(tool: 'biome' | 'check-layers', folder: string): { status: number | null; output: string } {
  const command = checks.find((each) => each.includes(tool))
  if (command === undefined) throw new Error(`npm run check does not call ${tool}`)
  const bin = join(root, 'node_modules/.bin')
  const env = { ...process.env, NO_COLOR: '1', PATH: `${bin}${delimiter}${process.env.PATH}` }
  const { status, stdout, stderr } = spawnSync(command, { cwd: folder, shell: true, encoding: 'utf8', env })
  return { status, output: stdout + stderr }
}

const clean = {
  'model/word.ts': 'export type Word = string\n',
  'decode/xml.ts': `import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Parser } from 'htmlparser2'
import type { Word } from '../model/word.ts'

export const when = (word: Word) => [new Date(0), crc32(word), createHash('sha256'), Parser]
`,
  'decode/xml.test.ts': `import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { made } from '../lab/made.ts'
import { when } from './xml.ts'

test('a test may ask the clock, the disk and the lab', () => {
  expect([Date.now(), process.cwd(), readFileSync, made]).not.toEqual(when(''))
})
`,
  'score/weigh.ts':
    "import type { Word } from '../model/word.ts'\n\nexport const weigh = (word: Word) => word.length\n",
  'engine/ports.ts': "import type { Word } from '../model/word.ts'\n\nexport type Source = () => Word\n",
  'engine/scan.ts': `import { when } from '../decode/xml.ts'
import { weigh } from '../score/weigh.ts'

export const scan = [when, weigh]
`,
  'sources/folder.ts': `import { readdirSync } from 'node:fs'
import { when } from '../decode/xml.ts'
import type { Source } from '../engine/ports.ts'

export const folder: Source = () => [when, readdirSync].join()
`,
  'lab/made.ts': "import { word } from './word.ts'\n\nexport const made = word\n",
  'lab/word.ts': "import type { Word } from '../model/word.ts'\n\nexport const word: Word = 'made'\n",
  'cli/main.ts': `import { Command } from 'commander'
import { made } from '../lab/made.ts'
import { folder } from '../sources/folder.ts'

export const cli = [Command, made, folder, process.argv]
`,
  'index.ts': "export { scan } from './engine/scan.ts'\nexport { folder } from './sources/folder.ts'\n",
}

describe('a tree that keeps the borders', () => {
  const folder = tree(clean)

  test('passes the layer check, which saw its files and imports', () => {
    const { status, output } = check('check-layers', folder)
    expect(output).toMatch(/layers: ([1-9]\d+) files, ([1-9]\d+) imports, 0 violations/)
    expect(status).toBe(0)
  })

  test('passes the linter', () => {
    const { status, output } = check('biome', folder)
    expect(output).not.toContain('×')
    expect(status).toBe(0)
  })
})

describe('the layer check reports', () => {
  const planted: [rule: string, file: string, imports: string, to: string][] = [
    ['model-imports', 'model/a.ts', 'import type { Link } from "../correlate/b.ts"', 'src/correlate/b.ts'],
    ['decode-imports', 'decode/a.ts', 'import { readFileSync } from "node:fs"', 'fs'],
    ['decode-imports', 'decode/b.ts', 'import { Command } from "commander"', 'node_modules/commander/'],
    ['normalize-imports', 'normalize/a.ts', 'export * from "../decode/a.ts"', 'src/decode/a.ts'],
    ['correlate-imports', 'correlate/b.ts', 'export type { Fact } from "../normalize/a.ts"', 'src/normalize/a.ts'],
    ['score-imports', 'score/a.ts', 'export const later = () => import("../correlate/b.ts")', 'src/correlate/b.ts'],
    ['coverage-imports', 'coverage/a.ts', 'import { DatabaseSync } from "node:sqlite"', 'node:sqlite'],
    ['report-imports', 'report/a.ts', 'import { Parser } from "htmlparser2"', 'node_modules/htmlparser2/'],
    ['report-test-imports', 'report/a.test.ts', 'import { weigh } from "../score/a.ts"', 'src/score/a.ts'],
    ['engine-imports', 'engine/run.ts', 'import { file } from "../sources/file.ts"', 'src/sources/file.ts'],
    ['sources-imports', 'sources/file.ts', 'import { run } from "../engine/run.ts"', 'src/engine/run.ts'],
    ['stores-imports', 'stores/a.ts', 'import { weigh } from "../score/a.ts"', 'src/score/a.ts'],
    ['lab-imports', 'lab/a.ts', 'import { parse } from "../decode/a.ts"', 'src/decode/a.ts'],
    ['nothing-imports-lab-but-cli', 'engine/b.ts', 'import { made } from "../lab/a.ts"', 'src/lab/a.ts'],
    ['nothing-imports-cli', 'sources/b.ts', 'import { main } from "../cli/main.ts"', 'src/cli/main.ts'],
    ['nothing-imports-tests', 'cli/a.ts', 'import { claim } from "../report/a.test.ts"', 'src/report/a.test.ts'],
    ['not-a-dev-dependency', 'cli/main.ts', 'import { test } from "vitest"', 'node_modules/vitest/'],
    ['not-resolvable', 'cli/b.ts', 'import { gone } from "./gone.ts"', './gone.ts'],
    ['no-circular', 'cli/c.ts', 'import type { D } from "./d.ts"', 'src/cli/d.ts → src/cli/c.ts'],
    ['public-api-imports', 'index.ts', 'export { main } from "./cli/main.ts"', 'src/cli/main.ts'],
  ]
  const names = ['cli/utils/a.ts', 'report/html-helpers.ts', 'engine/common.ts', 'stores/manager/a.ts']
  let result: ReturnType<typeof check>

  beforeAll(() => {
    const files = planted.map(([, file, imports]) => [file, `${imports}\n`])
    const others = [...names, 'extra/a.ts', 'main.ts'].map((file) => [file, 'export const nothing = 0\n'])
    const back = ['cli/d.ts', 'import type { C } from "./c.ts"\n']
    result = check('check-layers', tree(Object.fromEntries([...files, back, ...others])))
  })

  test('a tree that breaks them as failed', () => expect(result.status).toBe(1))

  test.each(planted)('%s: %s has %s', (rule, file, _imports, to) => {
    expect(result.output).toContain(`${rule}: src/${file} → ${to}`)
  })

  test.each(names)('a name that says nothing: %s', (name) => {
    expect(result.output).toContain(`empty-name: src/${name}`)
  })

  test.each(['extra/a.ts', 'main.ts'])('a place that the layout does not know: %s', (name) => {
    expect(result.output).toContain(`unknown-folder: src/${name}`)
  })

  test('files that it did not see', () => {
    const folder = tree(clean)
    const config = join(folder, '.dependency-cruiser.mjs')
    const text = readFileSync(config, 'utf8')
    writeFileSync(config, text.replace('options: {', "options: { exclude: '^src/model/',"))
    const { status, output } = check('check-layers', folder)
    expect(output).toContain('not-seen: src/model/word.ts')
    expect(status).toBe(1)
  })
})

describe('the linter reports', () => {
  const planted: [file: string, code: string][] = [
    ['correlate/now.ts', 'export const now = () => Date.now()'],
    ['correlate/clock.ts', 'export const clock = Date.now'],
    ['correlate/today.ts', 'export const today = () => new Date()'],
    ['score/chance.ts', 'export const chance = () => Math.random()'],
    ['score/taken.ts', 'const { random } = Math\nexport const taken = random'],
    ['score/order.ts', "export const order = (a: string) => a.localeCompare('b')"],
    ['coverage/environment.ts', 'export const home = process.env.HOME'],
    ['coverage/elapsed.ts', 'export const elapsed = () => performance.now()'],
    ['report/global.ts', 'export const all = globalThis'],
    ['decode/bytes.ts', "import { randomBytes } from 'node:crypto'\n\nexport const bytes = randomBytes(1)"],
    ['decode/module.ts', "import crypto from 'node:crypto'\n\nexport const bytes = crypto"],
    ['normalize/later.ts', 'export const later = () => setTimeout(() => {}, 1)'],
    ['cli/spread.ts', 'export const join = (to: string[], from: string[]) => to.push(...from)'],
    ['sources/apply.ts', 'export const most = (all: number[]) => Math.max.apply(null, all)'],
    ['model/hidden.ts', "export type Hidden = import('../cli/main.ts').Main"],
  ]
  let result: ReturnType<typeof check>

  beforeAll(() => {
    result = check('biome', tree(Object.fromEntries(planted.map(([file, code]) => [file, `${code}\n`]))))
  })

  test('a tree that is not pure as failed', () => expect(result.status).toBe(1))

  test.each(planted)('%s: %s', (file) => {
    expect(result.output).toMatch(new RegExp(`src/${file}:\\d+:\\d+ (plugin|lint/style/noRestricted)`))
  })
})
