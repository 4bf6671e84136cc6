/**
 * Takes the pictures of the page that the documents show, of the demo: `node scripts/page-pictures.ts`. With a folder of logs and one
 * for the pictures it takes those of its page, to be looked at: `node scripts/page-pictures.ts LOGS PICTURES`.
 *
 * `--time` makes pages of so many findings instead, and says how long each takes until it can be used.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from 'playwright-core'
import { writeDemo } from '../src/lab/demo-incident.ts'
import { htmlPage } from '../src/report/page/page.ts'
import type { ScanResult } from '../src/report/result.ts'
import { scanPaths } from '../src/run/index.ts'
import { buildPage } from './page.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { time: { type: 'boolean', default: false }, browser: { type: 'string', default: '/usr/bin/chromium' } },
})
const folder = mkdtempSync(join(tmpdir(), 'tasktrail-pictures-'))
const [logs, pictures = join(import.meta.dirname, '../docs/pictures')] = positionals

await buildPage(folder)
const template = readFileSync(join(folder, 'page.html'), 'utf8')
const result = await scanPaths(logs === undefined ? demoLogs() : [logs], {})
const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox'] })
if (values.time) await takeTimes(result)
else await takePictures(result)
await browser.close()
rmSync(folder, { recursive: true })

/** Relative names, so that no place of this machine is in a picture. */
function demoLogs(): string[] {
  writeDemo(join(folder, 'tasktrail-demo'))
  process.chdir(folder)
  const hosts = readdirSync('tasktrail-demo', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return hosts.map(({ name }) => join('tasktrail-demo', name))
}

function pageOf(of: ScanResult, all: boolean): { url: string; bytes: number } {
  const path = join(folder, 'findings.html')
  const pack = (text: string) => gzipSync(text).toString('base64')
  const html = [...htmlPage(of, { all, version: '0.0.0', template, pack })].join('')
  writeFileSync(path, html)
  return { url: pathToFileURL(path).href, bytes: html.length }
}

async function open(url: string, width: number, scheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: scheme })
  await page.goto(url)
  await page.waitForSelector('html[data-ready]')
  return page
}

async function takePictures(of: ScanResult): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  const { url } = pageOf(of, false)
  const worst = [...of.chains].sort((a, b) => b.score.bits - a.score.bits)[0]
  const story = `${url}#/finding/${worst?.chain.id}`
  const views = [
    { name: 'overview', at: `${url}#/`, width: 1280, scheme: 'light' },
    { name: 'finding', at: story, width: 1280, scheme: 'light' },
    { name: 'finding-dark', at: story, width: 1280, scheme: 'dark' },
    { name: 'finding-narrow', at: story, width: 390, scheme: 'light' },
    {
      name: 'scope',
      at: `${url}#/scope/user/${encodeURIComponent('EXAMPLE\\adm-backup')}`,
      width: 1280,
      scheme: 'light',
    },
  ] as const
  for (const { name, at, width, scheme } of views) {
    const page = await open(at, width, scheme)
    if (at === story) await page.waitForSelector('.timeline')
    await page.screenshot({ path: join(pictures, `${name}.png`) })
    await page.close()
  }
  // An A4 sheet at 96 dots an inch, less its margins.
  const page = await open(story, 718, 'light')
  await page.waitForSelector('.timeline')
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: join(pictures, 'finding-print.png') })
  await page.close()
}

/** Copies of what was found, each a finding of its own on a host of its own. */
function manyOf(of: ScanResult, count: number): ScanResult {
  const found = of.chains.flatMap((scored) =>
    scored.chain.kind === 'log-cleared' || scored.chain.runs.length === 0 ? [] : [{ ...scored, chain: scored.chain }],
  )
  const chains = Array.from({ length: count }, (_, number) => {
    const scored = found[number % found.length]
    if (!scored) throw new Error('nothing was found to make many of')
    const severity = (['low', 'medium', 'high', 'critical'] as const)[number % 4] ?? 'low'
    const id = number.toString(16).padStart(16, '0')
    return {
      ...scored,
      chain: {
        ...scored.chain,
        id,
        host: `ws${number % 2000}.example.test`,
        taskPath: `${scored.chain.taskPath}${number}`,
      },
      score: { ...scored.score, severity },
    }
  })
  return {
    ...of,
    chains,
    tally: { ...of.tally, hosts: Array.from({ length: 2000 }, (_, host) => `ws${host}.example.test`) },
  }
}

async function takeTimes(of: ScanResult): Promise<void> {
  for (const count of [100, 1_000, 10_000, 100_000]) {
    const { url, bytes } = pageOf(manyOf(of, count), true)
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      const page = await browser.newPage()
      await page.goto(`${url}#/findings`)
      await page.waitForSelector('.story-row')
      times.push(await page.evaluate(() => performance.now()))
      await page.close()
    }
    const middle = times.sort((a, b) => a - b)[1] ?? 0
    console.log(
      `${count} findings: ${(bytes / 1e6).toFixed(1)} MB, ${(middle / 1000).toFixed(2)} s until its list can be used`,
    )
  }
}
