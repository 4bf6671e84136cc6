import { isIP } from 'node:net'

/** The names by which the service may be asked for. */
export interface HostNames {
  /** Lower case, without port. */
  readonly names: ReadonlySet<string>
  /** Any address may be asked for: it listens on all. */
  readonly anyAddress: boolean
}

export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '::1']

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** The names of a service that listens on `host`. */
export function hostNames(host: string, publicNames: readonly string[]): HostNames {
  const names = new Set([...loopbackNames, host, ...publicNames].map((name) => name.toLowerCase()))
  return { names, anyAddress: !isLoopback(host) }
}

/**
 * Whether a `Host` header names this service. A page of another site can let its own name lead to this machine and then read answers as
 * its own (DNS rebinding), but its requests still carry that name. An address as the name cannot be turned so. Without the header
 * (HTTP/1.0: checks of load balancers) no browser asks.
 */
export function isOwnHost(header: string | undefined, { names, anyAddress }: HostNames): boolean {
  if (header === undefined) return true
  const name = nameIn(header)
  if (name === null) return false
  return names.has(name) || (anyAddress && isIP(name) !== 0)
}

/** The name in `name:port` or `[address]:port`, lower case, without the dot that DNS may end it with. */
export function nameIn(authority: string): string | null {
  const [, address, name] = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,255}))(?::\d{1,5})?$/i.exec(authority) ?? []
  return (address ?? name)?.toLowerCase().replace(/\.$/, '') ?? null
}
