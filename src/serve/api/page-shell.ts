import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { pagePolicy } from '../access/index.ts'

/** Where the build puts the page, as seen from a chunk of the program, and from here in the sources. */
const places = ['../live.html', '../../../dist/live.html'].map((place) => new URL(place, import.meta.url))

/** The page that shows what the service has, as it was built; null: nothing was built. */
export function builtPage(): string | null {
  const place = places.find((one) => existsSync(one))
  return place === undefined ? null : readFileSync(place, 'utf8')
}

/** `GET /`: the page without any data, for everybody. What it shows it asks for with the reader's session. */
export function servePage(app: FastifyInstance, html: string): void {
  const hashes = (element: RegExp) => [...html.matchAll(element)].map(([, text = '']) => hashOf(text))
  const policy = pagePolicy(hashes(/<script type="module">(.*?)<\/script>/gs), hashes(/<style>(.*?)<\/style>/gs))
  const tag = `"${hashOf(html).slice(0, 22)}"`
  app.get('/', { config: { role: 'open' } }, (request, reply) => {
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache', etag: tag })
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return reply.type('text/html; charset=utf-8').send(html)
  })
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')
