import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundle } from '../scripts/bundle.ts'
import { buildPage } from '../scripts/page.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the program, bundled as it is published. */
    program: string
    /** The path of the page without data, built as it is published. */
    page: string
  }
}

const root = join(import.meta.dirname, '..')

/** Bundles the program once for all tests that start it, out of the sources as they are now. Gives what removes it. */
export default async function setup(project: TestProject): Promise<() => void> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'tasktrail-program-'))
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json')) // the program tells its version out of it
  await bundle(join(folder, 'dist'))
  await buildPage(join(folder, 'dist'))
  project.provide('program', join(folder, 'dist/cli/main.js'))
  project.provide('page', join(folder, 'dist/page.html'))
  return () => rmSync(folder, { recursive: true })
}
