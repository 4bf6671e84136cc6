/** One thing to do, with what is to be typed for it. */
export interface Step {
  readonly title: string
  /** Empty: there is nothing to type here. */
  readonly lines: readonly string[]
  /** What to know before it is done; null: nothing. */
  readonly note: string | null
}

/** One tool's way to contain a task. */
export interface Way {
  readonly name: string
  /** Where its lines are typed. */
  readonly about: string
  /** How a line begins that is no command there; null: there are none. */
  readonly remark: string | null
  readonly steps: readonly Step[]
}

/** What each step is called, in the order in which they are done: evidence first, since the others destroy some of it. */
export const titles = {
  keep: 'Keep the evidence and export the definition',
  disable: 'Disable the task',
  end: 'End its run',
  kill: 'Kill what it started',
  delete: 'Delete the task',
  collect: 'Collect what it ran',
  account: 'Reset the account',
} as const

export const noRoots = 'No process of it was seen that could be ended.'
export const noFiles = 'It names no file but Windows’ own programs.'
export const isGone = 'It was deleted already, as the logs have it: this may find nothing.'
export const pidsAreReused = 'A process id may be somebody else’s by now.'
export const noAccount = 'No person’s account is named for it.'
export const noTask = 'Its task is not known.'
