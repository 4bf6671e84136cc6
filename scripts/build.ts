/** Emits what is published: `src/` without its tests, as JavaScript with declarations, in a `dist/` made anew. */
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

// A file that was renamed or removed in src/ must not live on in what is published.
rmSync(join(root, 'dist'), { recursive: true, force: true })

const tsc = join(root, 'node_modules/typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)

// tsc writes plain files; a bin that npm links in place has to be executable by itself.
chmodSync(join(root, 'dist/cli/main.js'), 0o755)
