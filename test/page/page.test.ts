import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { madeClearedLog } from '../../src/lab/made-chains.ts'
import { htmlPage } from '../../src/report/page/page.ts'
import type { ScanResult } from '../../src/report/result.ts'
import { titleOf } from '../../src/report/title.ts'
import { type RecordOf, readRecords } from '../../src/run/decoded-records.ts'
import { scanned } from '../scan-in-process.ts'

/** Debian's browser. Where it is not, what the page does is not tested; that it can be made is, below. */
const browserPath = '/usr/bin/chromium'
const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-page-'))
let demo: ScanResult
let records: RecordOf

beforeAll(async () => {
  writeDemo(join(folder, 'demo'))
  for (const name of readdirSync(join(folder, 'demo'))) if (name.endsWith('.json')) rmSync(join(folder, 'demo', name))
  const path = join(folder, 'demo')
  demo = (await scanned(path)).result
  const wanted = { paths: [path], source: null, followLinks: false, standardInput: null, inputs: demo.inputs }
  records = await readRecords(demo.chains, { ...wanted, temporary: { file: (label) => join(folder, label) } })
})
afterAll(() => rmSync(folder, { recursive: true }))

function pageOf(result: ScanResult, name: string): string {
  const path = join(folder, name)
  const template = readFileSync(inject('page'), 'utf8')
  const pack = (text: string) => gzipSync(text).toString('base64')
  writeFileSync(
    path,
    [...htmlPage(result, { all: true, version: '0.0.0', template, pack, recordOf: (one) => records(one) })].join(''),
  )
  return pathToFileURL(path).href
}

/** Markup that runs, a script's end, marks that turn and hide text, controls, half a character. */
const evil =
  '"><img src=x onerror="document.title=\'pwned\'"></script><script>document.title="pwned"</script><!--\u202e\u2066\u200b\u0000\u001b[2J\u009b\u2028\ud800'
const steering = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u

/** Words that a reader of the result goes by. */
const typed = new Set([
  ...['kind', 'id', 'outcome', 'route', 'confidence', 'startedBy', 'tiedBy', 'verdict', 'severity', 'by', 'signature'],
  ...['runLevel', 'artifact', 'mend', 'state', 'grade', 'atBest', 'presence', 'telemetry'],
])

/** A result with the evil text in every text that a host had a say in. */
function hostile<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (typed.has(key) ? value : `${value}${evil}`) as T
  if (Array.isArray(value)) return value.map((one) => hostile(one, key === 'daysOfWeek' ? 'kind' : key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)])) as T
}

test('no text of the input can end the element that it is in', () => {
  const path = new URL(pageOf(hostile(demo), 'markup.html'))
  const html = readFileSync(path, 'utf8')
  const scripts = html.match(/<\/?script\b/g) ?? []
  const ours = [...html.matchAll(/<script type="(?:application\/(?:json|gzip)|module)"[^>]*>/g)]
  expect(scripts).toHaveLength(ours.length * 2)
  expect(html).not.toContain('<img')
  expect(html.replaceAll('\n', '').replaceAll('\t', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
})

describe.skipIf(!existsSync(browserPath))(`in Chromium (skipped where there is no ${browserPath})`, () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const faults: string[] = []
  let demoPage: string

  beforeAll(async () => {
    demoPage = pageOf(demo, 'demo.html')
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    page = await context.newPage()
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('dialog', (dialog) => {
      faults.push(dialog.message())
      dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!/^(file|blob):/.test(request.url())) faults.push(request.url())
    })
  })
  afterAll(() => browser?.close())

  const open = async (url: string, view = '') => {
    await page.goto('about:blank')
    await page.goto(`${url}#/${view}`)
    await page.waitForSelector('html[data-ready]')
  }
  /** To another view of the page that is open. */
  const walk = async (view: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(`#/${view}`)}`)
    await page.waitForSelector(`html[data-view=${JSON.stringify(view.split('/')[0] || 'overview')}]`)
    if (view.startsWith('finding/')) await page.waitForSelector('.timeline')
  }
  const text = () => page.locator('main').innerText()

  test('the overview says how bad it is, where, who and from where', async () => {
    await open(demoPage)
    const shown = await text()
    for (const said of [
      '2 findings cannot wait',
      'fs01',
      'EXAMPLE\\adm-backup',
      '192.0.2.45',
      'no Security 4698–4702: dc01',
    ])
      expect(shown).toContain(said)
    expect(faults).toEqual([])
  })

  test('a log that was cleared is no task that is out of the ordinary', async () => {
    const severity = 'low' as const
    const chain = madeClearedLog({ by: { user: 'CORP\\eve' } })
    const scored = {
      ...{ chain, verdict: 'not-run' as const, baseline: null, settings: null },
      score: { bits: 3, severity, factors: [] },
    }
    await open(pageOf({ ...demo, chains: [scored] }, 'cleared.html'))
    expect(await page.locator('.headline').innerText()).toContain(
      'No scheduled task is out of the ordinary; logs were cleared on 1 of',
    )
  })

  test('a list is filtered by what stands in its address, and by a click', async () => {
    await open(demoPage, 'findings?severity=high,critical')
    expect(await page.locator('.story-row').count()).toBe(2)
    await page.getByRole('button', { name: /^critical/ }).click()
    expect(await page.locator('.story-row .title').allInnerTexts()).toEqual([
      '\\Microsoft\\Windows\\Printing\\SpoolerSync',
    ])
    expect(page.url()).toContain('severity=high')
    await page.keyboard.press('/')
    await page.keyboard.type('kqzw')
    expect(await page.locator('.story-row').count()).toBe(0)
    await page.getByRole('link', { name: 'Show all' }).click()
    await page.getByLabel('from').selectOption('192.0.2.45')
    // Its creation, and its deletion, which is told in the story of the first.
    expect(await page.locator('.story-row .title').allInnerTexts()).toEqual(['\\kQzWvTyb', '\\kQzWvTyb'])
  })

  test('the keyboard walks through the list, chooses and opens', async () => {
    await open(demoPage, 'findings?severity=high,critical')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    expect(await text()).toContain('1 finding chosen')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.timeline')
    expect(await page.locator('h1').innerText()).toBe('\\kQzWvTyb')
  })

  const worst = () => demo.chains.find(({ chain }) => titleOf(chain) === '\\kQzWvTyb')?.chain.id ?? ''

  test('a finding is a story: who, the tree of what ran, why it adds up, the records', async () => {
    await open(demoPage, `finding/${worst()}`)
    await page.waitForSelector('.timeline')
    expect(await page.locator('.process-tree > ul > li').first().locator('.process b').allInnerTexts()).toEqual([
      'cmd.exe',
      'conhost.exe',
      'whoami.exe',
    ])
    const pieces = await page.locator('.factors .bits').allInnerTexts()
    const sum = pieces.reduce((all, bits) => all + Number(bits.replace('−', '-')), 0)
    expect(await page.locator('.total').innerText()).toBe(`= ${sum.toFixed(1)} bits`)
    for (const said of ['#2004835', 'T1053.005', 'every day at 20:35:13']) expect(await text()).toContain(said)
    await page.locator('summary.proof', { hasText: '4698' }).click()
    expect(await page.locator('.record').innerText()).toContain('TaskName\t\\kQzWvTyb')
    await page.getByRole('tab', { name: 'XML' }).click()
    expect(await page.locator('pre.xml').innerText()).toContain('<Command>cmd.exe</Command>')
  })

  test('what contains it is copied as it stands', async () => {
    await open(demoPage, `finding/${worst()}`)
    await page.getByRole('tab', { name: 'schtasks' }).click()
    await page.locator('.steps li').nth(1).getByRole('button').click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('schtasks /Change /TN "\\kQzWvTyb" /DISABLE')
  })

  test('what is chosen is exported', async () => {
    await open(demoPage, 'findings?severity=critical')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON' }).click(),
    ])
    const findings = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(findings).toMatchObject([{ schema: 'tasktrail.finding/1', id: worst() }])
  })

  test('what else somebody touched is one click away', async () => {
    await open(demoPage, `finding/${worst()}`)
    await page.locator('.glance').getByRole('link', { name: '192.0.2.45' }).click()
    await page.waitForSelector('.graph')
    expect(await page.locator('.graph').textContent()).toContain('fs01')
  })

  test('a host tells whom else its people reached, also from there itself', async () => {
    const twice = demo.chains.flatMap((scored) => {
      const { chain } = scored
      if (chain.kind === 'log-cleared' || chain.id !== worst() || !chain.change) return []
      const change = { ...chain.change, actor: { ...chain.change.actor, remote: null } }
      return [scored, { ...scored, chain: { ...chain, id: 'b'.repeat(16), host: 'other.example.test', change } }]
    })
    await open(pageOf({ ...demo, chains: twice }, 'twice.html'), 'host/fs01.example.test')
    expect(await page.locator('.graph').textContent()).toContain('other')
  })

  test('a file that is met elsewhere is told by its name, not by its hash alone', async () => {
    const file = {
      sha256: 'a'.repeat(64),
      ...{ sha1: null, md5: null, importHash: null, signature: null, signer: null },
    }
    const hashed = demo.chains.flatMap((scored) => {
      const { chain } = scored
      if (chain.kind === 'log-cleared' || chain.id !== worst()) return []
      const runs = chain.runs.map((run) => ({
        ...run,
        processes: run.processes.slice(0, 1).map((one) => ({ ...one, file })),
      }))
      return [{ ...scored, chain: { ...chain, runs } }]
    })
    await open(pageOf({ ...demo, chains: hashed }, 'hashed.html'), `finding/${worst()}`)
    expect(await page.locator('.elsewhere').innerText()).toContain(`same cmd.exe\t${file.sha256}`)
  })

  test('a link to what is no such thing does not say that it is everywhere', async () => {
    await open(demoPage, 'scope/nothing/x')
    expect(await text()).toContain('Nowhere in this input.')
  })

  test('printed, it is the story without what only a screen needs', async () => {
    await open(demoPage, `finding/${worst()}`)
    await page.waitForSelector('.timeline')
    expect((await page.pdf()).length).toBeGreaterThan(20_000)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('.timeline').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  test.each(['light', 'dark'] as const)('nothing keeps somebody from using it (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    const found: string[] = []
    await open(demoPage)
    await page.evaluate(axe.source)
    const host = 'fs01.example.test'
    for (const view of [
      '',
      'findings',
      `finding/${worst()}`,
      'hosts',
      `host/${host}`,
      'scope/origin/192.0.2.45',
      'input',
    ]) {
      await walk(view)
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
      )
      const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      for (const { id, nodes } of bad) found.push(`${view}: ${id}: ${nodes[0]?.html}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
    expect(found).toEqual([])
  })

  test('hostile text is shown as text in every view, and steers nothing', async () => {
    const result = hostile(demo)
    const truthful = records
    records = (one) => hostile(truthful(one))
    await open(pageOf(result, 'hostile.html'))
    const [first] = result.chains
    const id = result.chains.find(({ chain }) => titleOf(chain).startsWith('\\kQzWvTyb'))?.chain.id ?? ''
    const host = encodeURIComponent((first?.chain.host ?? '').toWellFormed())
    const user = encodeURIComponent(`EXAMPLE\\adm-backup${evil}`.toWellFormed())
    for (const view of ['', 'findings', `finding/${id}`, 'hosts', `host/${host}`, `scope/user/${user}`, 'input']) {
      await walk(view)
      const shown = await page.locator('body').innerText()
      if (view !== 'hosts') expect(shown).toContain('<img src=x')
      expect(shown.replace(/[\n\t]/g, '')).not.toMatch(steering)
      expect(await page.locator('img').count()).toBe(0)
      expect(await page.title()).toMatch(/tasktrail$/)
      expect(await page.title()).not.toMatch(steering)
      const titles = await page
        .locator('[title]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('title')).join(''))
      expect(titles).not.toMatch(steering)
    }
  })

  test('on a telephone no view is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(demoPage)
    for (const view of [
      '',
      'findings',
      `finding/${worst()}`,
      'hosts',
      'host/fs01.example.test',
      'scope/origin/192.0.2.45',
      'input',
    ]) {
      await walk(view)
      expect([view, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([view, 390])
    }
    // Names of tasks may be as long as a path, without a place to break.
    const long = demo.chains.map((scored) =>
      scored.chain.kind === 'log-cleared'
        ? scored
        : { ...scored, chain: { ...scored.chain, taskPath: `\\${'Update'.repeat(30)}` } },
    )
    await open(pageOf({ ...demo, chains: long }, 'long.html'))
    for (const view of ['', 'findings', `finding/${worst()}`, 'host/fs01.example.test', 'scope/origin/192.0.2.45']) {
      await walk(view)
      expect([view, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([view, 390])
    }
  })

  test('all the while nothing went wrong and nothing was asked of a network', () => {
    expect(faults).toEqual([])
  })
})
