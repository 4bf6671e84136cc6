/**
 * Holds the tree in the current folder to the borders in `.dependency-cruiser.mjs`, and its names to those below.
 * A checker that sees nothing is green for nothing, so it also counts what it saw against what is there.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'

const folders = [
  ...['model', 'decode', 'normalize', 'correlate', 'inventory', 'score', 'coverage', 'hunt', 'report', 'measure'],
  ...['engine', 'sources', 'stores', 'run', 'serve', 'lab', 'cli'],
]
/** Names that say nothing about what is inside, and so collect everything. */
const emptyNames = /(^|[/.-])(utils?|helpers?|common|managers?)([/.-]|$)/i

const root = process.cwd()
const config = (await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href)).default
const roots = ['src', 'test', 'bench', 'scripts', 'web'].filter((name) => existsSync(join(root, name)))
const { output } = await cruise(roots, {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
  baseDir: root,
})
const { modules, summary } = output as ICruiseResult

const problems = summary.violations.map(({ rule, from, to, cycle }) => {
  const path = cycle?.length ? cycle.map((step) => step.name).join(' → ') : to
  const why = config.forbidden.find((each: { name: string }) => each.name === rule.name)?.comment
  return `${rule.name}: ${from} → ${path}\n    ${why}`
})

const sources = roots.flatMap((name) =>
  readdirSync(join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    ),
)
const seen = new Set(modules.map((module) => module.source))
const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0)

for (const source of sources) {
  if (!seen.has(source)) problems.push(`not-seen: ${source} was not read, so nothing about it was checked`)
  if (emptyNames.test(source)) problems.push(`empty-name: ${source}\n    Name it after what it holds.`)
  const folder = /^src\/([^/]+)\//.exec(source)?.[1]
  if (folder !== undefined && !folders.includes(folder)) {
    problems.push(`unknown-folder: ${source}\n    src/ has the folders ${folders.join(', ')}.`)
  }
  if (/^src\/[^/]+$/.test(source) && source !== 'src/index.ts') {
    problems.push(`unknown-folder: ${source}\n    Only index.ts stands beside the folders of src/.`)
  }
}
if (imports === 0) problems.push('not-seen: no import was found in any file, so no border was checked')

for (const problem of problems) console.error(problem)
console.log(`layers: ${sources.length} files, ${imports} imports, ${problems.length} violations`)
if (problems.length > 0) process.exitCode = 1
