import { join } from 'node:path'
import { build } from 'rolldown'

const root = join(import.meta.dirname, '..')

/**
 * Writes the program as JavaScript into a folder: what it begins with, and chunks of what these share. Hundreds of modules, each
 * looked up, read and compiled by itself and in every thread, take half of a short scan.
 *
 * A module that names a file by its own place is in `chunks/`, or in the folder that it has in `src/`: it goes up one folder, and down.
 */
export async function bundle(into: string): Promise<void> {
  await build({
    cwd: root,
    platform: 'node',
    input: {
      'cli/main': 'src/cli/main.ts',
      'cli/command-thread': 'src/cli/command-thread.ts',
      'run/extract-worker': 'src/run/extract-worker.ts',
      'reading/reading-worker': 'src/serve/reading/reading-worker.ts',
      index: 'src/index.ts',
    },
    external: /^[^./]/, // Node's own modules and packages, which are installed with ours
    output: { dir: into, format: 'esm', chunkFileNames: 'chunks/[name].js' },
  })
}
