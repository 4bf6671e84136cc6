import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import cookies from '@fastify/cookie'
import {
  type FastifyError,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  fastify,
} from 'fastify'
import { faultText } from '../model/problem.ts'
import { addGuard, type GuardSettings } from './access/guard.ts'
import { addLogin } from './access/login.ts'
import { Refusal } from './access/refusal.ts'
import { securityHeaders } from './access/security-headers.ts'
import type { Certificate } from './certificate.ts'
import { takeJsonBodies } from './json-body.ts'
import { type ServerLimits, usualLimits } from './server-limits.ts'

export interface ServerParts extends GuardSettings {
  /** Doors, the API, the page: each in a context of its own. */
  readonly plugins: readonly FastifyPluginAsync[]
  /** Null: plain HTTP. */
  readonly certificate: Certificate | null
  readonly limits?: Partial<ServerLimits>
  /** A fault of ours, which no answer tells. */
  readonly onFault: (text: string) => void
}

/** The service's HTTP server, ready to listen: a guard before every route, bounds on every client, and no word of its insides. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const limits = { ...usualLimits, ...parts.limits }
  const app = emptyServer(parts, limits)
  boundConnections(app.server, limits, parts.isBehindProxy)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    sendError(reply, error, (text) => parts.onFault(`${request.method} ${request.routeOptions.url ?? '?'}: ${text}`))
  })
  app.setNotFoundHandler((_request, reply) => {
    reply.code(404).send(errorBody('not-found', 'there is nothing of this name and method'))
  })
  takeJsonBodies(app, limits.jsonDepth)
  await app.register(cookies)
  addGuard(app, parts)
  addLogin(app, parts)
  app.get('/healthz', { config: { role: 'open' } }, async () => ({ status: 'up' }))
  for (const plugin of parts.plugins) await app.register(plugin)
  return app
}

/** A server for one certificate or none, whose timeouts are Node's own. */
function emptyServer({ certificate, isBehindProxy, onFault }: ServerParts, limits: ServerLimits): FastifyInstance {
  const http = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeout,
    connectionsCheckingInterval: limits.checkEvery,
  }
  const shared = {
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    connectionTimeout: limits.idleTimeout,
    routerOptions: { maxParamLength: 300 }, // a host's name has 255 characters
    trustProxy: isBehindProxy ? (_address: string, hop: number) => hop === 0 : false, // who spoke to the nearest proxy
    forceCloseConnections: 'idle',
    ajv: { customOptions: { removeAdditional: false } },
    clientErrorHandler,
    frameworkErrors: (error: FastifyError, _request: unknown, reply: FastifyReply) => {
      reply.headers(securityHeaders)
      sendError(reply, error, onFault)
    },
  } as const
  const https = certificate && {
    ...http,
    ...certificate,
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.headersTimeout,
    ALPNProtocols: ['http/1.1'],
  }
  return fastify({ ...shared, ...(https ? { https } : { http }) } as FastifyHttpOptions<Server>)
}

function boundConnections(server: Server, limits: ServerLimits, isShared: boolean) {
  server.maxConnections = limits.connections
  server.maxHeadersCount = limits.headers
  if (isShared) return
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
    if (count > limits.connectionsOfAddress) socket.destroy()
  })
}

/** How errors are told: a code for programs, a sentence for people. */
export const errorBody = (code: string, message: string) => ({ error: { code, message } })

/** What Fastify itself refuses. */
const codesOfStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'bad-request',
  413: 'too-large',
  415: 'unknown-media-type',
}

function sendError(reply: FastifyReply, error: FastifyError, onFault: (text: string) => void): void {
  if (error instanceof Refusal) {
    if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter)
    if (error.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="tasktrail"')
    reply.code(error.statusCode).send(errorBody(error.code, error.message))
    return
  }
  const { statusCode = 500, validation } = error
  if (statusCode < 500) {
    const message = validation ? error.message : (STATUS_CODES[statusCode] ?? 'refused').toLowerCase()
    reply.code(statusCode).send(errorBody(codesOfStatus[statusCode] ?? 'bad-request', message))
    return
  }
  if (statusCode !== 503) onFault(faultText(error))
  const [code, message] =
    statusCode === 503
      ? ['unavailable', 'the service ends']
      : ['own-fault', 'an error of the service itself, which its log tells']
  reply.code(statusCode).send(errorBody(code as string, message as string))
}

/** What is no HTTP, too large or too slow gets a bare answer, and its connection ends. */
function clientErrorHandler({ code }: { code: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  if (socket.writable)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  else socket.destroy()
}
