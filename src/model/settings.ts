/**
 * What whoever runs the analytic knows of his own hosts: AN0258's mutable elements under their own names. An element that is not set says
 * nothing. All of it makes chains less ordinary, never more: authors, names and hours are the intruder's to choose.
 */
export interface Settings {
  /** Hash of what they say. */
  readonly id: string
  readonly taskAuthor: TaskAuthor | null
  readonly commandLineRegex: readonly CommandLinePattern[]
  readonly executionWindow: ExecutionWindow | null
}

/** Accounts that are expected to make tasks, and what is expected to stand as their author; `*` stands for any text. Null: anybody. */
export interface TaskAuthor {
  readonly creators: readonly string[] | null
  readonly authors: readonly string[] | null
  readonly bits: number
}

/** Command lines that weigh. */
export interface CommandLinePattern {
  /** As it is written in the settings. */
  readonly pattern: string
  /** What it finds, in the user's words; null where none are given. */
  readonly says: string | null
  readonly bits: number
}

/** Finds the patterns of the settings that a command line matches, by their place, in time that grows with the line alone. */
export type PatternFinder = (line: string) => readonly number[]

/** Which runs follow a change, and when tasks are changed and run by hand. */
export interface ExecutionWindow {
  /** Days from a change within which a run counts as following it; null: however long after. */
  readonly days: number | null
  readonly hours: WorkingHours | null
  readonly bits: number
}

export interface WorkingHours {
  /** Minutes since midnight; `from` after `to` goes over midnight. */
  readonly from: number
  readonly to: number
  /** 0 is Sunday. */
  readonly weekdays: readonly number[]
  /** Minutes by which the hosts' clocks are ahead of UTC. */
  readonly offset: number
}

/** Settings, and what finds their patterns. */
export interface SettingsInForce {
  readonly settings: Settings
  readonly patternsIn: PatternFinder
}
