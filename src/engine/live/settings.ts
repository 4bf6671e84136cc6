/** How long live facts are waited for, and how much is kept to put late ones in their place. Times in milliseconds. */
export interface LiveSettings {
  /**
   * How much later than a record of its stream another stream's may come and still be waited for. Logs of a host that are sent at once are
   * seconds apart; what comes later costs that the host's newest facts are correlated anew, and nothing else.
   */
  readonly lateness: number
  /** How far ahead of its arrival a record may be dated and be believed when it says how far its stream is: as Kerberos allows. */
  readonly skew: number
  /** A stream that has been silent for so long is not waited for. */
  readonly idle: number
  /** Nor is one whose newest record is so much older than another stream's: it is behind by its clock, or catches up. */
  readonly behind: number
  /** How late a fact may come and still be put in its place: laptops come home, agents were off. */
  readonly horizon: number
  /** Facts of a shard that are kept to be put in order again, and what they may take in memory, in characters: half a second's work. */
  readonly tailFacts: number
  readonly tailWeight: number
  /** Facts of a shard dated ahead of their arrival that are kept until their time comes. */
  readonly futureFacts: number
  /** Records of each log of a shard that are known again when they come after their facts have left the tail. */
  readonly knownRecords: number
  /** Of a host: chains that are over and still told, others of which only is kept what is weighed, tasks that are gone. */
  readonly overChains: number
  readonly pastChains: number
  readonly goneTasks: number
  /** Streams, and names, of one shard: a host has some twenty logs. */
  readonly streams: number
  readonly names: number
  /** Pieces of time in which the records of one shard are counted: five logs for six days, or for weeks in longer pieces. */
  readonly countCells: number
}

const minute = 60_000
const day = 1_440 * minute

export const liveSettings: LiveSettings = {
  lateness: 10_000,
  skew: 5 * minute,
  idle: 30_000,
  behind: 10 * minute,
  horizon: day,
  tailFacts: 100_000,
  tailWeight: 128_000_000,
  futureFacts: 1_000,
  knownRecords: 512,
  overChains: 200,
  pastChains: 1_000,
  goneTasks: 200,
  streams: 64,
  names: 64,
  countCells: 4_096,
}
