/**
 * What a reader waits for who looks at a hundred thousand findings: each question of the page and of the API, asked of a service over a
 * store that has so many, and the page itself in Chromium where there is one. `node bench/findings.ts [COUNT]`
 */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { severities } from '../src/model/finding.ts'
import { builtPage } from '../src/serve/api/index.ts'
import { MadeService, someFindings, toKeep } from '../test/serve/made-service.ts'

const count = Number(process.argv[2] ?? 100_000)
const rounds = 5
const service = new MadeService(Date.now())

/** Copies of a few, each on a host of its own, with programs and hashes as a fleet has them. */
function fill(): void {
  const made = someFindings(40).map((one) => toKeep(one))
  const atOnce = 5_000
  for (let from = 0; from < count; from += atOnce)
    service.keep(
      ...Array.from({ length: Math.min(atOnce, count - from) }, (_, place) => {
        const number = from + place
        const like = made[number % made.length] as (typeof made)[number]
        const id = number.toString(16).padStart(16, '0')
        const host = `ws${number % 2_000}.example.test`
        const severity = severities[1 + (number % 4)] ?? 'low'
        const time = like.time - number * 1_000
        const programs = ['cmd.exe', 'powershell.exe', `tool${number % 300}.exe`]
        const line = {
          ...JSON.parse(like.line),
          ...{
            id,
            host,
            time,
            end: time + 60_000,
            severity: severities.indexOf(severity),
            bits: 3 + (number % 400) / 10,
          },
          ...{
            title: `\\Vendor\\Task${number % 5_000}`,
            user: `CORP\\user${number % 700}`,
            origin: `192.0.2.${number % 250}`,
          },
          ...{ action: `C:\\Users\\Public\\tool${number % 300}.exe /quiet ${'x'.repeat(60)}${number}`, programs },
          ...{
            gist: `CORP\\user${number % 700} made it from 192.0.2.${number % 250}. It ran 7 times: ${programs.join(', ')}.`,
          },
          ...{ hashes: [id.repeat(4)], alike: `story${number % 20_000}` },
        }
        return {
          ...like,
          id,
          host,
          shard: host.split('.')[0] ?? host,
          severity,
          time,
          end: time + 60_000,
          line: JSON.stringify(line),
        }
      }),
    )
}

/** Of the wall's clock, and of the processor, which is less when the machine is busy with other work. */
async function timed(name: string, ask: () => Promise<unknown>): Promise<void> {
  const times: (readonly [wall: number, cpu: number])[] = []
  for (let round = 0; round < rounds; round++) {
    const [begin, used] = [performance.now(), process.cpuUsage()]
    await ask()
    const { user, system } = process.cpuUsage(used)
    times.push([performance.now() - begin, (user + system) / 1000])
  }
  const told = ([wall, cpu]: readonly [number, number]) =>
    `${wall.toFixed(1).padStart(7)} ms (${cpu.toFixed(1).padStart(6)} ms of a core)`
  const middle = [...times].sort(([a], [b]) => a - b)[Math.floor(rounds / 2)] ?? [0, 0]
  console.log(`${name.padEnd(42)} first ${told(times[0] ?? [0, 0])}, then ${told(middle)}`)
}

const token = service.token('administer')
const get = async (url: string) => {
  const { statusCode, body } = await service.ask(url, token)
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body}`)
  return body
}
const asked = (question: object) => get(`/api/v1/page/answer?question=${encodeURIComponent(JSON.stringify(question))}`)
const list = (wish: object, from = 0) => asked({ ask: 'list', wish, from, count: 100 })

fill()
const before = process.memoryUsage().heapUsed
const begin = performance.now()
const app = await service.start({ page: builtPage(), heartbeat: 15_000 })
await asked({ ask: 'total' })
globalThis.gc?.()
console.log(
  `${count} findings are there after ${(performance.now() - begin).toFixed(0)} ms, in ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(0)} MB more of heap`,
)

await timed('page: list, worst first', () => list({}))
await timed('page: list, newest first', () => list({ order: 'newest' }))
await timed('page: list, by host', () => list({ order: 'host' }))
await timed('page: list, in the middle of it', () => list({ alike: 'each' }, count / 2))
await timed('page: search for what few have', () => list({ q: 'task4711 user11' }))
await timed('page: search for what all have', () => list({ q: 'powershell public' }))
await timed('page: search for what none has', () => list({ q: 'nothinglikeit' }))
await timed('page: one account, critical', () => list({ user: 'CORP\\user7', severity: 'critical' }))
await timed('page: overview', () => asked({ ask: 'overview' }))
await timed('page: choices', () => asked({ ask: 'choices' }))
await timed('page: hosts', () => asked({ ask: 'hosts', text: '', from: 0, count: 100 }))
await timed('page: one host', () => asked({ ask: 'host', host: 'ws7.example.test' }))
await timed('page: one account everywhere', () => asked({ ask: 'scope', kind: 'user', value: 'CORP\\user7' }))
await timed('page: where else of one finding', () => asked({ ask: 'threads', id: '0000000000000007' }))
let more = count
const oneMore = () => {
  const [like] = someFindings(2).slice(1)
  if (like) service.keep({ ...toKeep(like), id: (more++).toString(16).padStart(16, '0'), json: `{"n":${more}}` })
}
for (const [name, ask] of [
  ['list', () => list({})],
  ['newest', () => list({ order: 'newest' })],
  ['overview', () => asked({ ask: 'overview' })],
] as const)
  await timed(`page: ${name} after one more finding came`, () => {
    oneMore()
    return ask()
  })
await timed('API: newest', () => get('/api/v1/findings?limit=100'))
await timed('API: worst', () => get('/api/v1/findings?limit=100&order=worst'))
await timed('API: one host', () => get('/api/v1/findings?limit=100&host=ws7'))
await timed('API: one verdict, critical, worst', () =>
  get('/api/v1/findings?limit=100&verdict=outlier&severity=critical&order=worst'),
)
await timed('API: words that few have', () => get('/api/v1/findings?limit=100&q=task4711%20user11'))
await timed('API: words that none has', () => get('/api/v1/findings?limit=100&q=nothinglikeit'))
await timed('API: one finding', () => get('/api/v1/findings/0000000000000007'))
await timed('metrics', () => get('/metrics'))

const browserPath = '/usr/bin/chromium'
if (existsSync(browserPath) && builtPage() !== null) {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
  const page = await browser.newPage()
  await page.goto(url)
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.waitForSelector('.tiles')
  await timed('Chromium: the page opened at its list', async () => {
    await page.goto('about:blank')
    await page.goto(`${url}/#/findings`)
    await page.waitForSelector('.story-row')
  })
  let word = 4_000
  await timed('Chromium: a word typed until it is found', async () => {
    await page.getByRole('searchbox').fill(`task${word}`)
    await page
      .locator('.story-row .title', { hasText: `Task${word}` })
      .first()
      .waitFor()
    word++
  })
  await browser.close()
}
await service.end()
