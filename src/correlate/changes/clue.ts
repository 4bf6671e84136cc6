import type { Evidence } from '../../model/chain.ts'
import type { TaskCommand } from '../../model/command.ts'
import type { Instant } from '../../model/time.ts'
import type { Written } from '../../model/written.ts'
import type { ProcessNode } from '../nodes.ts'
import type { RemoteOrigin } from '../processes/sessions.ts'

/** Who says it: the audit log writes down what the service was told, a sensor what it made out. */
export type NamedBy = 'audit' | 'sensor'

/** The account and session of the caller, as the audit log or a sensor names them. */
export interface CallerClue {
  readonly kind: 'caller'
  readonly namedBy: NamedBy
  readonly user: string | null
  readonly sid: string | null
  readonly logonId: string | null
}

/** The process of the caller, as the audit log or a sensor names it: 0 for a caller on another host. */
export interface ClientClue {
  readonly kind: 'client'
  readonly namedBy: NamedBy
  readonly pid: number | null
  readonly node: ProcessNode | null
  /** Its program, where who names it says that too. */
  readonly image: string | null
}

/** 141 names a user alone. */
export interface UserClue {
  readonly kind: 'user'
  readonly user: string
}

/** Whoever wrote the task's file or registry values in the service's place, and what, in the order of the records. */
export interface WriterClue {
  readonly kind: 'writer'
  readonly node: ProcessNode | null
  readonly pid: number
  readonly image: string | null
  readonly user: string | null
  readonly written: readonly Written[]
}

/** The process whose command line asks for the change. */
export interface CommandClue {
  readonly kind: 'command'
  readonly node: ProcessNode
  readonly command: TaskCommand
}

/** The PowerShell process whose script asks for the change; its pid where the process itself is not known. */
export interface ScriptClue {
  readonly kind: 'script'
  readonly node: ProcessNode | null
  readonly pid: number
  readonly sid: string | null
  readonly command: TaskCommand
}

/** A process of the caller's session that could have been the client. */
export interface SessionClientClue {
  readonly kind: 'session-client'
  readonly node: ProcessNode
}

/** Where nothing else ties: the only process that loaded taskschd.dll just before, with the record of that. */
export interface NearClientClue {
  readonly kind: 'near-client'
  readonly node: ProcessNode
  readonly evidence: Evidence
}

/** Where the caller's session came from. */
export interface OriginClue extends RemoteOrigin {
  readonly kind: 'origin'
}

/** The policy client while it applies scheduled tasks. */
export interface PolicyRun {
  readonly begun: Instant
  ended: Instant | null
  readonly pid: number
  /** Whose policy it is. */
  readonly userSid: string | null
  readonly node: ProcessNode | null
  readonly evidence: Evidence
}

/** The policy client was applying scheduled tasks at that moment. */
export interface PolicyClue {
  readonly kind: 'policy'
  readonly run: PolicyRun
}

/** A client of the Task Scheduler that connected to another host, where it may have managed tasks. */
export interface RemoteClientClue {
  readonly kind: 'remote-client'
  readonly node: ProcessNode | null
  readonly pid: number
  readonly image: string | null
  readonly user: string | null
  readonly target: string
  readonly evidence: readonly Evidence[]
}

/** Another host opened the atsvc pipe just before. */
export interface PipeClue {
  readonly kind: 'pipe'
  readonly evidence: Evidence
}

/** One thing that bears on who made a change and through which interface. A change has at most one of each kind. */
export type Clue =
  | CallerClue
  | ClientClue
  | UserClue
  | WriterClue
  | CommandClue
  | ScriptClue
  | SessionClientClue
  | NearClientClue
  | OriginClue
  | PolicyClue
  | RemoteClientClue
  | PipeClue

type Kind = Clue['kind']
type ClueOf<K extends Kind> = Extract<Clue, { kind: K }>

/** Whatever clues are about. */
export interface WithClues {
  readonly clues: Clue[]
}

/** The clue of this kind, if there is one. */
export function clueOf<K extends Kind>({ clues }: WithClues, kind: K): ClueOf<K> | undefined {
  for (const clue of clues) if (clue.kind === kind) return clue as ClueOf<K>
  return undefined
}

/** Takes a clue in; an earlier one of its kind gives way. */
export function addClue({ clues }: WithClues, clue: Clue): void {
  const place = clues.findIndex(({ kind }) => kind === clue.kind)
  if (place < 0) clues.push(clue)
  else clues[place] = clue
}

/** Takes a clue in where there is one; else whatever was known of this kind holds no more. */
export function setClue<K extends Kind>(change: WithClues, kind: K, clue: ClueOf<K> | null): void {
  if (clue) addClue(change, clue)
  else dropClue(change, kind)
}

function dropClue({ clues }: WithClues, kind: Kind): void {
  const place = clues.findIndex((clue) => clue.kind === kind)
  if (place >= 0) clues.splice(place, 1)
}

/** What was asked for: by a command line, else by a script. */
export const askedFor = (change: WithClues): TaskCommand | null =>
  (clueOf(change, 'command') ?? clueOf(change, 'script'))?.command ?? null
