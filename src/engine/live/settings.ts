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
  /** Records of one host are remembered this long, so that a second copy is known. Forwarding retries for minutes. */
  readonly recentTime: number
  /** And this many of them, at most as many again. */
  readonly recent: number
  /** Hosts kept ready; others are packed until they are heard of again. */
  readonly readyHosts: number
}

export const liveSettings: LiveSettings = {
  lateness: 90_000,
  idle: 600_000,
  waiting: 100_000,
  recentTime: 3_600_000,
  recent: 16_384,
  readyHosts: 500,
}
