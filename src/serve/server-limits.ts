/** What a client may ask of the server before it is let go. Doors have their own bounds for bodies. Times in milliseconds. */
export interface ServerLimits {
  /** Of a body, where a route does not say otherwise. */
  readonly bodyBytes: number
  /** Of a request's line and headers. */
  readonly headerBytes: number
  readonly headers: number
  /** Until the headers of a request are there. */
  readonly headersTimeout: number
  /** Until the whole of a request is there: a large batch on a slow line. */
  readonly requestTimeout: number
  /** Until the next request on a connection. */
  readonly keepAliveTimeout: number
  /** In which nothing at all goes in or out: a client that does not read its answer. */
  readonly idleTimeout: number
  /** How often timeouts are looked for. */
  readonly checkEvery: number
  readonly connections: number
  /** Of one address, except behind a proxy. */
  readonly connectionsOfAddress: number
  /** Of a body of JSON. */
  readonly jsonDepth: number
}

export const usualLimits: ServerLimits = {
  bodyBytes: 1 << 20,
  headerBytes: 16 << 10,
  headers: 100,
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 75_000, // agents send every few seconds, at least once a minute
  idleTimeout: 150_000, // longer than any of the others
  checkEvery: 3_000,
  connections: 10_000,
  connectionsOfAddress: 1_000,
  jsonDepth: 64, // what the API takes has a depth of three
}
