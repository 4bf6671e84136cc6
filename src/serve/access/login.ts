import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cookieName, type GuardSettings, refuseOtherSites } from './guard.ts'
import type { Principal } from './principal.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './sessions.ts'

/** What is told to the one who asks: who it is, and of a session how long it goes on and what shows that a request is its own. */
const told = ({ name, role }: Principal, session: Session | null) => ({
  name,
  role,
  csrf: session?.csrf ?? null,
  expires: session && new Date(session.expires).toISOString(),
})

/** Login with a token, `POST /login`; who asks, `GET /session`; and `POST /logout`. */
export function addLogin(app: FastifyInstance, settings: GuardSettings): void {
  const { access, isSecure } = settings
  const name = cookieName(isSecure)
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const

  app.post('/login', { config: { role: 'open' } }, async (request: FastifyRequest, reply: FastifyReply) => {
    refuseOtherSites(request, settings)
    const token = (request.body as { token?: unknown } | null)?.token
    if (typeof token !== 'string') throw new Refusal('bad-request', 'say {"token": "…"}')
    const principal = access.byToken(token.trim(), request.ip)
    if (principal.role === 'send') throw new Refusal('no-right', "a sender's token opens no page")
    const { session, cookie: value } = access.beginSession(principal)
    reply.setCookie(name, value, { ...cookie, expires: new Date(session.expires) })
    return told(principal, session)
  })

  app.get('/session', { config: { role: 'read' } }, async (request) => {
    const principal = request.principal as Principal
    return told(principal, access.sessionOf(principal))
  })

  app.post('/logout', { config: { role: 'read' } }, async (request, reply) => {
    access.endSession(request.principal as Principal)
    return reply.clearCookie(name, cookie).code(204).send()
  })
}
