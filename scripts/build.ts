/** Makes what is published, in a `dist/` made anew: the program in a few files of JavaScript, the page, and the types of the public API. */
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { buildPage } from './page.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

// A file that was renamed or removed in src/ must not live on in what is published.
rmSync(dist, { recursive: true, force: true })

const tsc = join(root, 'node_modules/typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)

await bundle(dist)
await buildPage(dist)

// Plain files are written; a bin that npm links in place has to be executable by itself.
chmodSync(join(dist, 'cli/main.js'), 0o755)
