import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { isIPv6 } from 'node:net'
import { availableParallelism, hostname } from 'node:os'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { faultText } from '../model/problem.ts'
import { reasonOf } from '../sources/reason.ts'
import { Access } from './access/access.ts'
import { hostNames, isLoopback } from './access/host-names.ts'
import { Activity } from './activity.ts'
import type { Alerts } from './alerts/alerts.ts'
import { type AlertConfig, noAlerts } from './alerts/config.ts'
import { alertsRoute, resendRoutes } from './alerts/routes.ts'
import { alertsOf } from './alerts/start.ts'
import { api, builtPage } from './api/index.ts'
import { type CertificateFiles, certificateIn, keepRenewed } from './certificate.ts'
import { systemClock } from './clock.ts'
import { Bodies, type BodyLimits, doors } from './doors/index.ts'
import { nodeFiles } from './files/node-files.ts'
import { type FirstToken, firstToken } from './first-token.ts'
import { folderSettings } from './folders/settings.ts'
import { FolderWatch, whyNotWatched } from './folders/watch.ts'
import type { Weighing } from './pipeline/evaluation.ts'
import { openClockFile, openReading } from './reading/index.ts'
import { ServiceRefused } from './refused.ts'
import { buildServer, type ServerParts } from './server.ts'
import type { ServerLimits } from './server-limits.ts'
import { Service } from './service.ts'
import { DatabaseRefused } from './store/database.ts'
import { FolderRefused, ServiceFolder } from './store/folder.ts'
import { Store } from './store/store.ts'

export interface ServingWanted {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly data: string
  readonly adminTokenFile: string | null
  /** Null: plain HTTP. */
  readonly certificate: CertificateFiles | null
  readonly isBehindProxy: boolean
  readonly publicNames: readonly string[]
  readonly weighing: Weighing
  /** How long findings are kept. */
  readonly retentionDays: number
  /** A stream that is silent for so many seconds is not waited for. */
  readonly silentAfter?: number
  /** Threads that read (default: one for each core but one); 0: this one. */
  readonly readers?: number
  readonly limits?: Partial<ServerLimits>
  readonly bodies?: Partial<BodyLimits>
  /** Whom findings are told (default: nobody). */
  readonly alerts?: AlertConfig
  /** Folders into which others put logs (default: none). */
  readonly watched?: readonly string[]
  /** Of the program. */
  readonly version: string
  /** A line for whoever minds the service. */
  readonly say: (line: string) => void
  /** Milliseconds. */
  readonly now?: () => number
}

export interface Serving {
  readonly url: string
  readonly token: FirstToken
  /** Ends it: nothing more is taken, and all that was is kept. */
  stop(): Promise<void>
}

/** How long those who are being answered may take, in milliseconds, once the service ends. */
const patience = 5_000

/** What has to be let go of, the last first. */
type Closing = (() => unknown)[]

/** Starts the service on its folder. Throws `ServiceRefused` for what can be mended by starting it otherwise. */
export async function startServing(wanted: ServingWanted): Promise<Serving> {
  refuseOpenListening(wanted)
  const closing: Closing = []
  const stop = async () => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close()
  }
  try {
    return { ...(await begin(wanted, closing)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A name that was mistyped would be watched in silence for good. */
function refuseFolders({ watched = [], data }: ServingWanted): void {
  for (const folder of watched) {
    const reason = whyNotWatched(folder, data)
    if (reason !== null) throw new ServiceRefused(reason)
  }
}

/** Watches folders until what it returns is called. */
function watching(
  { store, service, fault }: Pick<Ground, 'store' | 'fault'> & { readonly service: Service },
  { watched = [], say, now = Date.now }: ServingWanted,
): () => Promise<void> {
  const watch = new FolderWatch(watched, {
    ...{ intake: service.intake, files: store.watchedFiles, clock: systemClock, settings: folderSettings },
    tell: ({ path, code, reason }) => {
      if (watched.includes(path)) say(`${path}: ${reason}`)
      store.problems.add({ source: path, code, count: 1, time: now(), reason })
    },
    fault: (error) => fault(faultText(error)),
  })
  watch.start()
  return () => watch.stop()
}

async function begin(wanted: ServingWanted, closing: Closing): Promise<Omit<Serving, 'stop'>> {
  const { data, certificate, say, now = Date.now } = wanted
  const folder = refusing(FolderRefused, data, () => ServiceFolder.open(data))
  closing.push(() => folder.close())
  refuseFolders(wanted)
  const store = refusing(DatabaseRefused, data, () => Store.open(folder.database))
  closing.push(() => store.close())
  const token = firstToken(store, wanted.adminTokenFile, now())
  const activity = new Activity(now())
  const fault = saidOnce(say, activity, now)
  const alerts = alertsOf(wanted.alerts ?? noAlerts, {
    ...{ store, version: wanted.version },
    fault: (error) => fault(faultText(error)),
  })
  closing.push(() => alerts.stop())
  const service = await serviceOn({ store, folder, alerts, activity, fault }, wanted)
  closing.push(() => service.stop())
  service.onCommit(() => alerts.wake())
  alerts.start()
  const access = accessTo(store, now, closing)
  const reading = api(
    {
      ...{ store, now, version: wanted.version, alerts: () => alerts.counts(), others: [alertsRoute(alerts)] },
      state: () => activity.state(service.status(), store.hosts.late),
      onCommit: (listener) => service.onCommit(listener),
      stillCounts: (principal) => access.stillCounts(principal),
    },
    builtPage(),
  )
  const app = await serverOf(wanted, { access, onFault: fault }, [
    ...doors({ intake: service.intake, bodies: new Bodies(service.intake, wanted.bodies) }),
    resendRoutes(alerts),
    reading,
  ])
  closing.push(() => closed(app))
  await listening(app, wanted)
  closing.push(watching({ store, service, fault }, wanted))
  if (certificate) closing.push(keepRenewed(app.server as unknown as TlsServer, certificate, say))
  return { url: urlOf(app, wanted), token }
}

/** How long uses of tokens wait to be written, in milliseconds. */
const usesEvery = 10_000

function accessTo({ tokens }: Store, now: () => number, closing: Closing): Access {
  const access = new Access({ tokens, now })
  const keepUses = () => {
    try {
      access.keepUses()
    } catch {
      // a full disk is told where posts are refused
    }
  }
  const timer = setInterval(keepUses, usesEvery).unref()
  closing.push(keepUses, () => clearInterval(timer))
  return access
}

const day = 86_400_000

interface Ground {
  readonly store: Store
  readonly folder: ServiceFolder
  readonly alerts: Alerts
  readonly activity: Activity
  readonly fault: (text: string) => void
}

async function serviceOn({ store, folder, alerts, activity, fault }: Ground, wanted: ServingWanted): Promise<Service> {
  const { weighing, retentionDays, silentAfter, now = Date.now } = wanted
  const { readers = Math.max(1, availableParallelism() - 1) } = wanted
  const { path, log } = folder
  return Service.open({
    ...{ store, log, weighing, desk: alerts.desk, now },
    reading: activity.counting(openReading(readers, await openClockFile(nodeFiles, path)), now),
    settings: { retention: retentionDays * day },
    live: silentAfter === undefined ? {} : { idle: silentAfter * 1000 },
    fault,
  })
}

/** For how long the same fault is not said again, in milliseconds: a full disk is tried each second. */
const silence = 60_000

/** Counts each fault, and says it where it is not the one that was said just now. */
function saidOnce(say: (text: string) => void, activity: Activity, now: () => number): (text: string) => void {
  let said = { text: '', time: 0 }
  return (text) => {
    const time = now()
    activity.fault(time, text)
    if (text === said.text && time - said.time < silence) return
    said = { text, time }
    say(text)
  }
}

/** Whoever can read what goes over a network reads tokens and evidence. */
function refuseOpenListening({ host, certificate, isBehindProxy }: ServingWanted): void {
  if (isLoopback(host) || certificate !== null || isBehindProxy) return
  throw new ServiceRefused(
    `to listen on ${host}, beyond this machine, takes TLS: name a certificate (--tls-cert, --tls-key), or say that a proxy speaks TLS for it (--behind-proxy)`,
  )
}

function serverOf(
  wanted: ServingWanted,
  guard: Pick<ServerParts, 'access' | 'onFault'>,
  plugins: readonly FastifyPluginAsync[],
) {
  const { host, publicNames, certificate, isBehindProxy, limits } = wanted
  const own = isLoopback(host) ? [] : [hostname()]
  return buildServer({
    ...{ ...guard, plugins, isBehindProxy },
    certificate: certificate && certificateIn(certificate),
    names: hostNames(host, [...publicNames, ...own]),
    isSecure: certificate !== null || isBehindProxy,
    ...(limits && { limits }),
  })
}

/** Opens what is the user's, and says as a refusal what is wrong with it. */
function refusing<T>(kind: new () => Error, path: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (error instanceof kind) throw new ServiceRefused(error.message)
    if (error instanceof Error && 'syscall' in error)
      throw new ServiceRefused(`${path} cannot be used: ${reasonOf(error)}`)
    throw error
  }
}

async function listening(app: FastifyInstance, { host, port }: ServingWanted): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const at = `${hostText(host)}:${port}`
    if (code === 'EADDRINUSE')
      throw new ServiceRefused(`${at} is in use by another program: --listen names another port`)
    if (code !== undefined) throw new ServiceRefused(`cannot listen on ${at}: ${reasonOf(error)}`)
    throw error
  }
}

const hostText = (host: string) => (isIPv6(host) ? `[${host}]` : host)

/** Where it is found: by its public name where it listens for others. */
function urlOf(app: FastifyInstance, { host, certificate, publicNames, isBehindProxy }: ServingWanted): string {
  const [name] = publicNames
  if (isBehindProxy && name !== undefined) return `https://${name}`
  const { port } = app.server.address() as AddressInfo
  const isAny = host === '0.0.0.0' || host === '::'
  const shown = isLoopback(host) ? host : (name ?? (isAny ? hostname() : host))
  return `${certificate === null ? 'http' : 'https'}://${hostText(shown)}:${port}`
}

/** Ends connections that nobody asks on at once, others when they are answered, and all of them after a while. */
async function closed(app: FastifyInstance): Promise<void> {
  const impatient = setTimeout(() => (app.server as Server).closeAllConnections(), patience)
  await app.close()
  clearTimeout(impatient)
}
