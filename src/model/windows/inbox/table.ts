import { tasksAToC } from './tasks-a-c.ts'
import { tasksDToL } from './tasks-d-l.ts'
import { tasksMToR } from './tasks-m-r.ts'
import { tasksSToT } from './tasks-s-t.ts'
import { tasksUToZ } from './tasks-u-z.ts'

/** One of Windows' own tasks. */
export interface InboxTask {
  /** `*` stands for what differs between hosts and users, within one name. */
  readonly path: string
  /** Whom it runs as, by the English name: `SYSTEM`, `LOCAL SERVICE`, `INTERACTIVE`, `Users`, …; null when no source says it. */
  readonly principal: string | null
  /** Releases on which it is another. */
  readonly otherPrincipals: readonly { readonly release: Release; readonly principal: string }[]
  readonly runLevel: 'LeastPrivilege' | 'HighestAvailable' | null
  readonly isHidden: boolean
  /** False where every source has it switched off. */
  readonly isEnabled: boolean
  readonly triggers: readonly InboxTrigger[]
  /** Of the registration information, most often a resource (`$(@%WINDIR%\system32\wer.dll,-293)`). */
  readonly author: string | null
  /** Every release that some source knows it of; a release that is missing here may have it all the same. */
  readonly releases: readonly Release[]
  /** All that it runs on some release; none where only its name is known. */
  readonly variants: readonly InboxVariant[]
  readonly sources: readonly InboxSource[]
}

/** What a task runs on some releases: one action, or several one after the other. */
export interface InboxVariant {
  readonly releases: readonly Release[]
  readonly sources: readonly InboxSource[]
  readonly actions: readonly InboxAction[]
}

/** As the definition writes it: with variables, and with `$(Arg0)` for what is given to each run; `*` for what differs. */
export type InboxAction =
  | { readonly kind: 'exec'; readonly program: string; readonly arguments: string }
  | { readonly kind: 'com-handler'; readonly classId: string; readonly data: string }

/**
 * Client releases, of which `vista` to `8.1` stand for the server of the same build too and `10` and `11` for any of their
 * versions, and servers by year; `server` where a source says no more.
 */
export const releases = [
  ...(['vista', '7', '8', '8.1', '10', '10-21h2', '10-22h2'] as const),
  ...(['11', '11-21h2', '11-22h2', '11-23h2', '11-24h2', '11-25h2'] as const),
  ...(['2012r2', '2016', '2019', 'server'] as const),
]
export type Release = (typeof releases)[number]

/** `maintenance`: of the settings, not a trigger in the schema; `wnf`: a state that only Windows itself publishes. */
export const inboxTriggers = [
  ...(['boot', 'logon', 'session', 'registration'] as const),
  ...(['time', 'calendar', 'idle', 'event', 'wnf', 'maintenance'] as const),
]
export type InboxTrigger = (typeof inboxTriggers)[number]

/** Where the facts of an entry come from, by the word that the table has for it. */
export const inboxSources = {
  hjt: 'HiJackThis+, src/database/TasksWhite.csv of github.com/dragokas/hijackthis: tasks of Windows Vista to 10',
  frst: 'users’ logs in issues of github.com/dragokas/hijackthis and in a public note',
  stock: 'github.com/nohuto/win-config, system/assets/scheduled-tasks.json: one stock Windows 11 25H2',
  w2016: 'github.com/tgihf/writeups, tryhackme/relevant: schtasks /query /v of Server 2016',
  w2012r2: 'a public write-up with schtasks /query /v of Server 2012 R2',
  w2019: 'a public write-up with schtasks /query of Server 2019, read in part',
  privacy: 'github.com/undergroundwires/privacy.sexy, windows.yaml: tasks and whether they are on',
  triage: 'a public write-up with the tasks of a Windows 10',
  autoruns: 'github.com/p0w3rsh3ll/AutoRuns, Tests/AutoRuns.Tests.ps1',
  memory: 'test rows of github.com/volmemlyzer from the image of a Windows 10',
  sysmon: 'github.com/olafhartong/sysmon-modular, exclusions of task files',
  elastic: 'github.com/elastic/protections-artifacts, exclusions',
  sigma: 'github.com/SigmaHQ/sigma, filters of rules',
} as const
export type InboxSource = keyof typeof inboxSources

/**
 * Reads a table of tasks. A task is a line, `path | principal | level and state | triggers | author | more releases | more sources`,
 * in which `~` is `\Microsoft\Windows` and what is not known at the end is left out. What it runs is indented below it, newest first:
 * `releases : sources | program or class | arguments or data`, and `+ | …` for a further action of the same releases.
 */
function readTable(text: string): InboxTask[] {
  const blocks: string[][] = []
  for (const line of text.split('\n').filter((each) => each !== '')) {
    if (line.startsWith(' ')) blocks.at(-1)?.push(line)
    else blocks.push([line])
  }
  return blocks.map(([head = '', ...rest]) => readTask(head, rest))
}

function readTask(head: string, lines: readonly string[]): InboxTask {
  const [path = '', principals = '', state = '', triggers = '', author = '', more = '', moreSources = ''] = cells(head)
  const [principal = '', ...others] = principals.split('; ')
  const variants = readVariants(lines)
  return {
    path: path.replace(/^~/, '\\Microsoft\\Windows'),
    principal: principal || null,
    otherPrincipals: others.map((each) => {
      const [name = '', release = ''] = each.split(' on ')
      return { principal: name, release: release as Release }
    }),
    runLevel: state.includes('highest') ? 'HighestAvailable' : state.includes('limited') ? 'LeastPrivilege' : null,
    isHidden: state.includes('hidden'),
    isEnabled: !state.includes('disabled'),
    triggers: words(triggers) as InboxTrigger[],
    author: author || null,
    releases: [...new Set([...variants.flatMap((v) => v.releases), ...(words(more) as Release[])])],
    variants,
    sources: [...new Set([...variants.flatMap((v) => v.sources), ...(words(moreSources) as InboxSource[])])],
  }
}

function readVariants(lines: readonly string[]): InboxVariant[] {
  const variants: { releases: Release[]; sources: InboxSource[]; actions: InboxAction[] }[] = []
  for (const line of lines) {
    const [known = '', what = '', rest = ''] = cells(line)
    const action: InboxAction = what.startsWith('{')
      ? { kind: 'com-handler', classId: what, data: rest }
      : { kind: 'exec', program: what, arguments: rest }
    const [in_ = '', by = ''] = known.split(':')
    if (known === '+') variants.at(-1)?.actions.push(action)
    else variants.push({ releases: words(in_) as Release[], sources: words(by) as InboxSource[], actions: [action] })
  }
  return variants
}

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim())
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

/** Every task of Windows' own that is known, by path. */
export const inboxTasks: readonly InboxTask[] = [tasksAToC, tasksDToL, tasksMToR, tasksSToT, tasksUToZ].flatMap(
  readTable,
)
