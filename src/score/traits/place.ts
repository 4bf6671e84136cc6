import { imageName } from '../../model/command-line.ts'
import { inboxActions, inboxTask, inboxTasksStarting, isRunOf, matchesInbox } from '../../model/windows/inbox/index.ts'
import { scriptEnding } from '../launch.ts'
import { isInProgramFiles, isInWindows, writableInWindows } from '../location.ts'
import { isHandlerHost } from '../programs.ts'
import type { Subject } from '../subject.ts'
import type { Trait } from './trait.ts'

/** What a folder is to those who may write to it, and to those who install software; the first that fits counts. */
const places = [
  ['network', /^\\\\(?!\?\\|\.\\)/],
  ['recycled', /\\\$recycle\.bin\\|^[a-z]:\\perflogs\\|^[a-z]:\\system volume information\\|^[a-z]:\\recovery\\/],
  ['public', /^[a-z]:\\users\\(?:public|default|all users)\\/],
  ['windows-writable', writableInWindows],
  ['temp', /\\(?:temp|tmp)\\/],
  ['received', /^[a-z]:\\users\\[^\\]+\\(?:downloads|desktop)\\/],
  ['appdata-root', /\\appdata\\(?:roaming|local|locallow)\\[^\\]+$/],
  ['appdata', /\\appdata\\/],
  ['media', /^[a-z]:\\users\\[^\\]+\\(?:music|pictures|videos|contacts|favorites|links|searches)\\/],
  ['profile', /^[a-z]:\\users\\[^\\]+\\/],
  ['programdata-root', /^[a-z]:\\programdata\\[^\\]+$/],
  ['programdata', /^[a-z]:\\programdata\\/],
  ['drive-root', /^c:\\[^\\]+$/],
] as const

export type Place = (typeof places)[number][0] | 'windows' | 'program-files' | 'own-folder' | 'other-drive' | 'relative'

/** Where a file lies; the path as `comparablePath` gives it. */
export function placeOf(path: string): Place {
  const found = places.find(([, pattern]) => pattern.test(path))
  if (found) return found[0]
  if (isInWindows(path)) return 'windows'
  if (isInProgramFiles(path)) return 'program-files'
  if (/^c:\\/.test(path)) return 'own-folder'
  return /^[a-z]:\\/.test(path) ? 'other-drive' : 'relative'
}

/** A program or library, as against a script. */
export const isBinary = (path: string): boolean => !scriptEnding.test(path)

/** The files whose code runs, without those that only run others'. */
export function payloadsOf({ launches }: Subject): string[] {
  return launches.map(({ payload }) => payload).filter((path) => path !== null)
}

/**
 * Whether the task is, action for action, what Windows itself has under that name, on any release; where its definition was not seen,
 * whether that may be what ran.
 */
export function isWindowsOwn({ chain: { taskPath, definition, statedAction }, roots }: Subject): boolean {
  if (taskPath !== null && definition !== null) return matchesInbox(taskPath, definition.actions) === 'same'
  if (statedAction !== null || roots.length === 0) return false
  const task = taskPath === null ? undefined : inboxTask(taskPath)
  const mayBeRun = (image: string | null, commandLine: string): boolean => {
    const tasks = taskPath === null ? inboxTasksStarting(imageName(image ?? '')) : task ? [task] : []
    return tasks.some((each) => inboxActions(each).some((action) => isRunOf(action, commandLine)))
  }
  return roots.every(({ image, commandLine }) => isHandlerHost(image) || mayBeRun(image, commandLine ?? image ?? ''))
}

const isIn =
  (...wanted: readonly Place[]) =>
  (path: string): boolean =>
    wanted.includes(placeOf(path))

function place(id: string, says: string, ...tests: readonly ((path: string) => boolean)[]): Trait {
  return {
    id: `place-${id}`,
    group: 'place',
    says,
    seen: (subject) => payloadsOf(subject).find((path) => tests.every((test) => test(path))),
  }
}

export const placeTraits: readonly Trait[] = [
  place(
    'shared',
    'run a file from a folder that every user can write to',
    isIn('public', 'recycled', 'windows-writable'),
  ),
  place('temporary', 'run a program from a temporary folder', isIn('temp'), isBinary),
  place('received', "run a file from a user's downloads, desktop or pictures", isIn('received', 'media')),
  place(
    'no-folder',
    'run a file that lies directly in AppData, in ProgramData or on the system drive, where nothing is installed',
    isIn('appdata-root', 'programdata-root', 'drive-root'),
  ),
  place('appdata', "run a program from a folder of a user's AppData", isIn('appdata'), isBinary),
  place('appdata-script', "run a script from a folder of a user's AppData", isIn('appdata'), (path) => !isBinary(path)),
  place(
    'programdata-script',
    'run a script from a folder of ProgramData',
    isIn('programdata'),
    (path) => !isBinary(path),
  ),
]

/** Places that say that an administrator or an installer put the file there, or that a person keeps work there. */
export const ordinaryPlaceTraits: readonly Trait[] = [
  {
    id: 'place-installed',
    group: 'habit',
    says: 'run only programs and scripts below Program Files',
    seen: onlyIn('program-files'),
  },
  {
    id: 'windows-own',
    group: 'habit',
    says: 'are, action for action, what Windows itself has under that name',
    seen: ({ chain: { taskPath, definition } }) =>
      taskPath !== null && matchesInbox(taskPath, definition?.actions ?? []) === 'same' ? taskPath : undefined,
  },
  {
    id: 'place-work-script',
    group: 'habit',
    says: "run a script from a folder of its own on a drive or in a user's profile",
    seen: (subject) =>
      payloadsOf(subject).find((path) => !isBinary(path) && isIn('own-folder', 'other-drive', 'profile')(path)),
  },
]

function onlyIn(wanted: Place): (subject: Subject) => string | undefined {
  return (subject) => {
    const files = payloadsOf(subject)
    const [first] = files
    return first !== undefined && files.every((path) => placeOf(path) === wanted) ? imageName(first) : undefined
  }
}
