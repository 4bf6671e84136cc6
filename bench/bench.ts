/**
 * Every benchmark, one after the other; results are kept in bench/results.md by hand, with machine, commit and date.
 *
 *     npm run bench -- FOLDER [--evtx-dump PATH]
 *
 * FOLDER holds EVTX files; without it the demo incident is used, which is too small to say much.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDemo } from '../src/lab/demo-incident.ts'

const [folder, ...rest] = process.argv.slice(2)
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
console.log(`commit ${commit}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, node ${process.version}`)

const own = folder === undefined ? mkdtempSync(join(tmpdir(), 'tasktrail-bench-')) : null
try {
  if (own !== null) writeDemo(own)
  const input = folder ?? join(own as string, 'WS5.example.test/Windows/System32/winevt/Logs')
  for (const script of ['evtx.ts', 'facts.ts', 'correlate.ts', 'hive.ts', 'whole-program.ts']) {
    console.log(`\n${script}`)
    const { status } = spawnSync(process.execPath, [new URL(script, import.meta.url).pathname, input, ...rest], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
} finally {
  if (own !== null) rmSync(own, { recursive: true })
}
