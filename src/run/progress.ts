/** How far a run is. */
export interface RunProgress {
  readonly stage: 'making' | 'finding' | 'reading' | 'correlating' | 'weighing' | 'writing'
  /** Hosts while the lab makes telemetry, bytes while reading, facts while correlating, changes while weighing, characters while writing. */
  readonly done: number
  /** Of how many, as far as it is known; 0 where it is not. */
  readonly total: number
  /** Records read until now. */
  readonly records: number
  /** The input in hand, where there is one. */
  readonly input: string | null
}

export type OnProgress = (progress: RunProgress) => void
