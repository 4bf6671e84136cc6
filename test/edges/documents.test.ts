import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')

/** `src/score/`, `correlate/settings.ts`, `ties/`: a folder may be named without what it lies in. */
const named = /`((?:src|test|bench|scripts|docs|\.ci|[a-z][a-z-]*)\/[\w./-]*)`/g

const bases = [root, join(root, 'src'), ...readdirSync(join(root, 'src')).map((stage) => join(root, 'src', stage))]

test.each(documents)('every file and folder that %s names is there', (document) => {
  const text = readFileSync(join(root, document), 'utf8')
  const missing = [...text.matchAll(named)]
    .map(([, path]) => path as string)
    .filter((path) => !bases.some((base) => existsSync(join(base, path))))
  expect(missing).toEqual([])
})

test.each(documents)('every link of %s leads somewhere', (document) => {
  const text = readFileSync(join(root, document), 'utf8')
  const folder = join(root, document, '..')
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target]) => target as string)
  expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([])
})
