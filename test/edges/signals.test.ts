import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { compileCache } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-signals-'))
const demo = join(root, 'demo')
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const plantModule = new URL('plant.ts', import.meta.url).href

beforeAll(() => writeDemo(demo))
afterAll(() => rmSync(root, { recursive: true }))

/** Code that says where it is by a file, and then computes without end. */
const endless = (marker: string) =>
  `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(marker)}, ''); for (;;);`

/** When something stands in this folder. */
const appears = (folder: string, isIt: (name: string) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!readdirSync(folder).some(isIt)) return
      watcher.close()
      resolve()
    }
    const watcher = watch(folder, look)
    look()
  })

let runs = 0

/** Starts a scan, sends the signal when it has come to the place, and gives how it ended and what it left. */
async function interrupt(
  signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP',
  at: { file: string; instead: string; put: (stop: string) => string } | 'standard input',
  ...args: string[]
) {
  const folder = join(root, `run-${runs++}`)
  const [temporary, results] = [join(folder, 'temporary'), join(folder, 'results')]
  for (const one of [temporary, results]) mkdirSync(one, { recursive: true })
  const plant =
    at === 'standard input'
      ? null
      : { file: at.file, instead: at.instead, put: at.put(endless(join(folder, 'reached'))) }
  const child = spawn(process.execPath, [main, 'scan', '--out', join(results, 'report.txt'), ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: temporary,
      NODE_COMPILE_CACHE: compileCache,
      NODE_OPTIONS: `--import ${plantModule}`,
      TASKTRAIL_TEST_PLANT: JSON.stringify(plant),
    },
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await Promise.race([
    plant === null ? appears(temporary, () => true) : appears(folder, (name) => name === 'reached'),
    ended,
  ])
  child.kill(signal)
  const code = await ended
  return { code, stderr, left: [...readdirSync(temporary), ...readdirSync(results)] }
}

test('SIGINT while two threads read', async () => {
  const at = { file: 'engine/extract.ts', instead: 'tally.facts++', put: (stop: string) => stop }
  expect(await interrupt('SIGINT', at, '--jobs', '2', demo)).toEqual({
    code: 130,
    stderr: 'tasktrail: ended by SIGINT; nothing was kept\n',
    left: [],
  })
})

test('SIGTERM while facts are correlated', async () => {
  const at = { file: 'engine/host-pass.ts', instead: 'this.#add(merged)', put: (stop: string) => stop }
  expect(await interrupt('SIGTERM', at, demo)).toMatchObject({ code: 143, left: [] })
})

test('SIGHUP when half of the report is written', async () => {
  const at = { file: 'cli/output.ts', instead: 'commit(reserved)', put: (stop: string) => stop }
  expect(await interrupt('SIGHUP', at, demo)).toEqual({
    code: 129,
    stderr: 'tasktrail: ended by SIGHUP; nothing was kept\n',
    left: [],
  })
})

test('SIGINT while standard input goes on and on', async () => {
  expect(await interrupt('SIGINT', 'standard input', '-')).toMatchObject({ code: 130, left: [] })
})
