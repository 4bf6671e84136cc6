/** How near in time two facts must be to be taken for two views of one thing. All in milliseconds. */
export interface CorrelateSettings {
  /** Two logs of one process start: Sysmon's record was seen up to 190 ms after its own UtcTime, 4688 is immediate. */
  readonly sameProcess: number
  /** Two scheduler or audit events of one change: 106 was seen 0.1–0.4 ms before 4698; clocks of channels differ by less than this. */
  readonly sameChange: number
  /** The task's file or registry values and the event of one change. */
  readonly sameChangeOnDisk: number
  /** From starting schtasks to the registration that it asks for: a loaded server needs seconds, a remote target more. */
  readonly commandToChange: number
  /**
   * From the command on one host to the change on another: a target needs seconds, and two hosts' clocks differ; Kerberos allows
   * them five minutes.
   */
  readonly commandToChangeElsewhere: number
  /** From the scheduler's word on a run (129, 200) to the process record, in either order. */
  readonly launch: number
  /** From `schtasks /run` to the process. */
  readonly requestToRun: number
  /** From a registration to the process of a task that starts at once, where no log shows command lines. */
  readonly registrationToRun: number
  /** From a network logon or the opening of the atsvc pipe to the change made through it. */
  readonly remoteToChange: number
  /** How long applying scheduled tasks by policy may take, where its end was not logged: a slow line to the domain. */
  readonly policyRun: number
  /** How long children are followed after the process that the scheduler started has ended. */
  readonly followAfterEnd: number
  /** From loading taskschd.dll to the change, where nothing but time ties them. */
  readonly clientToChange: number
  /** From loading taskschd.dll to the connection to another host's endpoint mapper. */
  readonly clientToConnection: number
}

export const defaultSettings: CorrelateSettings = {
  sameProcess: 2_000,
  sameChange: 2_000,
  sameChangeOnDisk: 5_000,
  commandToChange: 30_000,
  commandToChangeElsewhere: 300_000,
  launch: 5_000,
  requestToRun: 15_000,
  registrationToRun: 1_000,
  remoteToChange: 10_000,
  policyRun: 120_000,
  followAfterEnd: 600_000,
  clientToChange: 10_000,
  clientToConnection: 60_000,
}

/** Bounds of one host's state. What is dropped when one is met is said in the chain's blind spots or can no longer matter. */
export const limits = {
  /** Processes listed of one run; further ones are counted. */
  processesPerRun: 256,
  /** Runs kept whole at the beginning of a chain; later ones only when they show something new. */
  firstRuns: 3,
  /** Distinct runs kept of one chain beyond the first ones. */
  distinctRuns: 64,
  /** The newest runs, which may still start something: judged when they are over, or when this many more have begun. */
  unsettledRuns: 8,
  /** Evidence records named for one change or run. */
  evidence: 64,
  /** Logon sessions remembered; a session beyond this was opened tens of thousands of logons ago. */
  sessions: 20_000,
  /**
   * Changes of environment variables, of classes, of files' times, written libraries, and cleared logs, remembered of each to be held against runs and
   * changes. Beyond, half of them stay: of each kind the first and the last.
   */
  circumstances: 1024,
  /** Libraries without a signature remembered of one process. */
  unsignedModules: 8,
  /** How far from a chain something must be to be no longer next to it, in milliseconds: an operator's session. */
  beside: 3_600_000,
  /** Of each of them those told beside one chain, the nearest. */
  circumstancesOfChain: 16,
  /** Changes of the environment before a run that are looked for in what it started: the newest, and the newest of each variable of a user. */
  environmentOfRun: 64,
  environmentOfVariable: 4,
  /** Clearings of one log by one user within this many milliseconds of each other are one finding with a count. */
  clearedAgain: 600_000,
  /** Times that a clock was moved, the newest: a host sets it back some times a year. */
  clockPhases: 16_384,
  clockStepsOfChain: 8,
  /** What is looked for within minutes alone (loads of taskschd.dll, uses of the pipe, policies, requests), the newest of each. */
  recent: 1024,
  /** Processes that loaded taskschd.dll within seconds: of more nobody can tell which one made a change. */
  clientsAtOnce: 64,
  /** Sessions in which programs talk to the scheduler: each is held by a process that runs, of which fewer are remembered. */
  clientSessions: 32_768,
  /** Such programs of one session. Only the youngest is asked for; older ones take its place when it ends. */
  clientsOfSession: 1024,
  /** Network logons and accesses to the share of pipes, the newest: looked for within seconds, in which no host logs as many. */
  networkLogons: 2048,
  /** Changes of one task by others, looked at for one command on another host: nobody makes more of them within minutes. */
  changesForCommand: 256,
  /** Jobs looked at for one command of at.exe: nobody makes more of them within seconds. */
  jobsForCommand: 16,
  /** Tasks asked to run within seconds, the newest: of more nobody can tell which one a process is of. */
  requestsAtOnce: 64,
  /** Ancestors listed of an actor's process. */
  ancestry: 16,
  /** Spellings of task paths remembered with their task, so that the few that come again and again are looked up once. */
  spellings: 4096,
  /**
   * Processes remembered by their pid or GUID, where nothing shows their end: beyond, half of them are given up, the longest
   * without children first. Windows hosts run some hundreds.
   */
  processes: 16_384,
  /** Starts in which that of another log is looked for, where a collector has lost ids: what begins within seconds. */
  latestStarts: 32,
  /** A process with more ancestors than this keeps the nearest `keptLineage` alone. */
  lineage: 256,
  keptLineage: 32,
  /** Tasks remembered of one host; beyond, a quarter is given up, the longest unheard of first. Hosts have some hundreds. */
  tasks: 16_384,
  /**
   * Folders of tasks remembered, the newest, and of one task the outermost: a folder beyond is shown as a task, which hides nothing.
   * Hosts have some hundred, Windows' own go four deep.
   */
  folders: 32_768,
  folderDepth: 16,
  /** Tasks with one and the same command line that a process is held against, those that got it last. */
  tasksOfAction: 128,
  /** Files of which a record says what they are, the newest: what a task is to start was most often there lately. */
  files: 512,
  /** Deletions and switches told within the chain that owns them, newest last. */
  laterChanges: 64,
  /** Programs that the scheduler started for tasks that are not known, remembered apart. */
  strayPrograms: 512,
  /** Of these with one program and other arguments; what is beyond is told together. */
  strayVariants: 32,
  /**
   * What was over this many milliseconds ago is settled: the longest window above is ten minutes, circumstances are looked for
   * within an hour.
   */
  settled: 4_500_000,
  /** A task's ExecutionTimeLimit where it sets none: 72 hours. [MS-TSCH] 2.5.3.3 */
  longestRun: 259_200_000,
  /** Ended processes are forgotten after this many milliseconds: nothing joins them later than the longest window above. */
  endedProcesses: 660_000,
} as const
