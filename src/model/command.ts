import type { PartialDefinition } from './partial-definition.ts'

/** What a command line asks of the Task Scheduler. Fields are null where the command line does not say. */
export interface TaskCommand {
  readonly tool: 'schtasks' | 'at' | 'powershell' | 'wmi' | 'com'
  readonly verb: 'create' | 'change' | 'delete' | 'run' | 'end' | 'query' | 'enable' | 'disable'
  /** The task's path as `taskPath` writes it; null when the command does not name one. */
  readonly task: string | null
  /** The other host that the command is for (`/S`, `\\host`, `-CimSession`); null for this host. */
  readonly target: string | null
  /** The program and arguments that the task is to run, as one command line. */
  readonly action: string | null
  /** Who the task is to run as (`/RU`). */
  readonly runAs: string | null
  /** `MINUTE`, `ONLOGON`, … in upper case. */
  readonly schedule: string | null
  /** The XML file that holds the definition. */
  readonly xmlFile: string | null
  /** True when `/RL HIGHEST` or its like is asked for. */
  readonly highest: boolean
  /** The account that the command uses for the other host (`/U`). */
  readonly connectAs: string | null
  /** All that it says of the task's definition, of which `action`, `runAs`, `schedule` and `highest` are the short form. */
  readonly definition: PartialDefinition | null
}
