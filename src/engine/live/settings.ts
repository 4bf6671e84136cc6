/** How a live feed waits for what comes late. All in milliseconds of the records' own time: no clock is looked at. */
export interface LiveSettings {
  /**
   * How much older than the newest record of its source a record may be and still be put in its place. Sysmon and the agents that
   * ship at once are seconds behind; event forwarding with low latency sends every 30 seconds, and agents retry for a minute.
   */
  readonly lateness: number
  /** A source whose newest record is this much older than that of another source is not waited for. */
  readonly idle: number
  /** Records of one host that wait at most; beyond, the oldest go on as if their time had come. */
  readonly waiting: number
  /** Records of one host that are remembered so that a second copy is known: as many again are remembered at most. */
  readonly recent: number
  /** Hosts kept ready; others are packed until they are heard of again. */
  readonly readyHosts: number
}

export const liveSettings: LiveSettings = {
  lateness: 90_000,
  idle: 600_000,
  waiting: 100_000,
  recent: 16_384,
  readyHosts: 1_000,
}
