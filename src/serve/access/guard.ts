import type { FastifyInstance, FastifyRequest } from 'fastify'
import { passOver } from '../pass-over.ts'
import type { Access } from './access.ts'
import { type HostNames, isOwnHost, nameIn } from './host-names.ts'
import { presentedToken } from './presented.ts'
import { may, type Principal, type Role } from './principal.ts'
import { Refusal } from './refusal.ts'
import { securityHeaders } from './security-headers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null only where a route is open. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    /** Whom a route is for; `open`: everybody. A route that does not say is for administrators. */
    role?: Role | 'open'
  }
}

export interface GuardSettings {
  readonly access: Access
  readonly names: HostNames
  /** Whether browsers reach it by TLS, its own or that of a proxy. */
  readonly isSecure: boolean
  readonly isBehindProxy: boolean
}

/** The name of the page's cookie: with TLS one that no other host and no plain connection can set. */
export const cookieName = (isSecure: boolean): string => (isSecure ? '__Host-tasktrail' : 'tasktrail')

/** The header with which the page shows that a request is its own. */
export const csrfHeader = 'x-csrf-token'

/** Looks at every request before anything else does, also at those for what is not there. */
export function addGuard(app: FastifyInstance, settings: GuardSettings): void {
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    try {
      admit(request, settings)
    } catch (error) {
      passOver(request.raw, mostPassedOver)
      throw error
    }
  })
}

/** Of the body of somebody who is not let in: an agent whose token has expired sends its batch before it hears of that. */
const mostPassedOver = 16 << 20

/** Says who asks, and throws where that is nobody for whom the route is. */
function admit(request: FastifyRequest, settings: GuardSettings): void {
  const { access, names } = settings
  if (!isOwnHost(request.raw.headers.host, names))
    throw new Refusal('foreign-host', 'the service is not asked for by this name: --public-name adds one')
  const role = request.is404 ? 'any' : (request.routeOptions.config.role ?? 'administer')
  if (role === 'open') return
  request.principal = principalOf(request, access, settings)
  if (role !== 'any' && !may(request.principal, role))
    throw new Refusal('no-right', `a token of role ${request.principal.role} may not do this`)
}

function principalOf(request: FastifyRequest, access: Access, settings: GuardSettings): Principal {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = presentedToken(authorization)
    return access.byToken(token ?? '', request.ip)
  }
  const cookie = request.cookies[cookieName(settings.isSecure)]
  const principal = cookie === undefined ? null : access.bySession(cookie)
  if (cookie === undefined || principal === null) throw new Refusal('no-token', 'a token is needed')
  refuseOtherSites(request, settings)
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (!isReading && !access.isOwnPage(principal, request.headers[csrfHeader]))
    throw new Refusal('cross-site', `${csrfHeader} is missing or not that of the session`)
  return principal
}

/**
 * Refuses what another site lets a browser ask. The cookie is not sent then (SameSite=Strict), but another port of the same machine is the
 * same site.
 */
export function refuseOtherSites({ headers }: FastifyRequest, { names, isSecure, isBehindProxy }: GuardSettings): void {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new Refusal('cross-site', 'another site asked for this')
  if (origin === undefined) return
  const [, scheme, authority = ''] = /^(https?):\/\/(.{1,300})$/.exec(origin) ?? []
  const isOwn = isBehindProxy
    ? names.names.has(nameIn(authority) ?? '')
    : authority === headers.host && scheme === (isSecure ? 'https' : 'http')
  if (!isOwn) throw new Refusal('cross-site', 'another site asked for this')
}
