import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import axe from 'axe-core'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { madeChain } from '../../src/lab/made-chains.ts'
import { MadeService, scoredOf, someFindings, toKeep } from '../serve/made-service.ts'

/** Debian's browser. Where it is not, what the page does is not tested. */
const browserPath = '/usr/bin/chromium'

const patience = { timeout: 15_000 }
const service = new MadeService(Date.now())
let app: FastifyInstance
let url: string
let token: string

beforeAll(async () => {
  app = await service.start({ page: readFileSync(join(dirname(inject('page')), 'live.html'), 'utf8') })
  await app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  token = service.token()
  service.keep(...someFindings(400).map((one) => toKeep(one)))
})
afterAll(() => service.end())

test('the page is empty, for everybody, and asks nobody but the service', async () => {
  const answer = await fetch(url)
  const html = await answer.text()
  expect(answer.status).toBe(200)
  expect(html).not.toContain('Task1')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /)
  expect(policy).toContain("connect-src 'self'")
  const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

/** A finding that is worse than all others, or not, on a host of its own. */
const another = (id: string, bits: number) =>
  toKeep(scoredOf(madeChain({ id, host: 'new01.example.test', taskPath: `\\Late${id}` }), 'critical', bits))

describe.skipIf(!existsSync(browserPath))(`in Chromium (skipped where there is no ${browserPath})`, () => {
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(15_000)
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => faults.push(error.message))
  })
  afterAll(() => browser?.close())

  const text = () => page.locator('main').innerText()
  const walk = async (view: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(`#/${view}`)}`)
    await page.waitForSelector(`html[data-view=${JSON.stringify(view.split(/[/?]/)[0] || 'overview')}]`)
  }

  test('a token opens it, and nothing else does', async () => {
    await page.goto(url)
    await page.getByLabel('Token').fill('tt_nothing')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('alert').getByText('no such token').waitFor()
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: '160 findings cannot wait' }).waitFor()
    faults.length = 0 // that a request was refused is told there
  })

  test('the list is filtered and searched by the service, and walked through by the keyboard', async () => {
    await walk('findings')
    await page.getByText('320 findings').waitFor()
    await page.getByRole('button', { name: /^critical/ }).click()
    await page.getByText('80 findings').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('task399')
    await page.getByText('1 finding').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.timeline')
    expect(await page.locator('h1').innerText()).toBe('\\Task399')
    await page.getByText('nowhere else').first().waitFor()
  })

  test('a list of any length is there when it is scrolled to', async () => {
    await walk('findings?order=host&alike=each')
    await page.waitForSelector('.story-row')
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await page.locator('.virtual li[aria-posinset="320"] .story-row').waitFor()
  })

  test('what comes is there by itself, marked, and moves nothing from under the eye', async () => {
    await walk('hosts')
    await walk('findings')
    await page.waitForSelector('.story-row')
    await page.evaluate('scrollTo(0, 3000)')
    const isThere = `[...document.querySelectorAll('.virtual li:has(.story-row)')].some((one) => {
      const { top } = one.getBoundingClientRect()
      return top > 200 && top < 300
    })`
    await expect.poll(() => page.evaluate(isThere), patience).toBe(true)
    const seen = () =>
      page.evaluate(`(() => {
        const first = [...document.querySelectorAll('.virtual li')].find((one) => one.getBoundingClientRect().top > 200)
        return [first.querySelector('.title').textContent, Math.round(first.getBoundingClientRect().top)]
      })()`)
    const before = await seen()
    service.keep(another('1', 99), another('2', 98))
    await page.getByText('322 findings').waitFor()
    expect(await seen()).toEqual(before)
    await page.getByRole('link', { name: '2 news' }).waitFor()
    await page.evaluate('scrollTo(0, 0)')
    await page.locator('.story-row', { hasText: '\\Late1' }).locator('.fresh.new').waitFor()
  })

  test('the keyboard stays on its finding when others come before it', async () => {
    await walk('findings?severity=critical')
    await page.getByText('82 findings').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.locator('.story-row.current .title').innerText()).toBe('\\Late2')
    service.keep(another('3', 120))
    await page.getByText('83 findings').waitFor()
    expect(await page.locator('.story-row.current .title').innerText()).toBe('\\Late2')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '\\Late2' }).waitFor()
    expect(await page.locator('.live').innerText()).toContain('2 news')
  })

  test('a finding that is open tells its change, and that it was withdrawn', async () => {
    const changed = toKeep(scoredOf(madeChain({ id: '2', host: 'new01.example.test', taskPath: '\\Late2' }), 'low', 2))
    service.keep(changed)
    await page.getByText('2.0 bits').first().waitFor()
    service.withdraw('2', 'it is part of another')
    await page.getByText('It was withdrawn and stands in no list any more').waitFor()
  })

  test('hostile text is shown as text, and steers nothing', async () => {
    const evil = '\\"><img src=x onerror="document.title=\'pwned\'"></script>\u202e\u200b\u0000\u001b[2J'
    const chain = madeChain({
      id: 'e'.repeat(16),
      host: `evil${evil}`,
      taskPath: evil,
      change: { actor: { user: evil } },
    })
    service.keep(toKeep(scoredOf(chain, 'low', 1)))
    for (const view of ['findings?q=pwned', `finding/${'e'.repeat(16)}`, `host/${encodeURIComponent(`evil${evil}`)}`]) {
      await walk(view)
      await page.locator('main', { hasText: '<img src=x' }).waitFor()
      const shown = await page.locator('body').innerText()
      expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(await page.locator('img').count()).toBe(0)
      expect(await page.title()).toMatch(/tasktrail$/)
    }
    service.withdraw('e'.repeat(16), 'it was a test')
  })

  test('hosts, coverage and what it is fed with are shown', async () => {
    service.store.transaction(() =>
      service.store.notices.add({
        time: 1,
        host: 'ws9.example.test',
        kind: 'host-silent',
        text: 'nothing came for 9 hours',
      }),
    )
    service.committed()
    await walk('hosts')
    await page.getByRole('heading', { name: '8 hosts' }).waitFor()
    await walk('host/new01.example.test')
    await page.getByText('2 findings.').waitFor()
    await walk('input')
    await page.getByText('nothing came for 9 hours').waitFor()
  })

  test('nothing keeps somebody from using it', async () => {
    const found: string[] = []
    for (const view of ['', 'findings', 'finding/1', 'hosts', 'host/new01.example.test', 'input']) {
      await walk(view)
      await expect.poll(() => page.locator('[aria-busy]').count(), patience).toBe(0)
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
      )
      const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      for (const { id, nodes } of bad) found.push(`${view}: ${id}: ${nodes[0]?.html}`)
    }
    expect(found).toEqual([])
  })

  test('on a telephone no view is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const view of ['', 'findings', 'finding/1', 'input']) {
      await walk(view)
      await expect.poll(() => page.locator('[aria-busy]').count(), patience).toBe(0)
      expect([view, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([view, 390])
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('all the while nothing went wrong', () => {
    expect(faults).toEqual([])
  })

  test('a session that ends is told, and goes on where one was', async () => {
    await walk('finding/1')
    await page.waitForSelector('.timeline')
    for (const { id } of service.store.tokens.all()) service.store.tokens.remove(id)
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor()
    await page.getByLabel('Token').fill(service.token())
    await page.getByRole('button', { name: 'Open' }).click()
    await page.locator('.connection.connected').waitFor()
    expect(await text()).toContain('\\Late1')
  })

  test('that the service is gone is told', async () => {
    await app.close()
    await page.getByText('connection lost').first().waitFor()
  })
})
