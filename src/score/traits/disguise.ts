import { imageName } from '../../model/command-line.ts'
import { isAmongWindowsOwn } from '../../model/windows/inbox/index.ts'
import type { Subject } from '../subject.ts'
import { isBinary, isWindowsOwn, payloadsOf, placeOf } from './place.ts'
import type { Trait } from './trait.ts'

/** Programs of Windows whose names are borrowed, without `.exe`: those that run on every host all day. */
const systemPrograms = new Set(
  (
    'svchost lsass csrss smss wininit winlogon services spoolsv explorer taskhost taskhostw taskhostex taskeng taskmgr dllhost ' +
    'conhost runtimebroker sihost ctfmon dwm fontdrvhost searchindexer searchhost searchui smartscreen wuauclt usoclient ' +
    'wmiprvse audiodg lsm logonui userinit rundll32 regsvr32 cmd powershell mshta wscript cscript msdtc dashost ' +
    'securityhealthservice securityhealthsystray msmpeng mpcmdrun backgroundtaskhost applicationframehost compattelrunner'
  ).split(' '),
)

/** Where Defender keeps the versions of itself. */
const defender = /^[a-z]:\\programdata\\microsoft\\windows defender\\platform\\[^\\]+\\[^\\]+$/

/** Makers and products whose names attackers borrow, as words in lower case, with where their own software lies. */
const makers: readonly (readonly [RegExp, RegExp])[] = [
  [
    /microsoft|windows|win(?:dow)?s?(?=upd|serv|sec|def|sys)|defender|onedrive|\bms(?=office|edge|teams)|\bteams\b|\boffice\b|\bedge\b|msedge|skype|outlook|sharepoint|visualstudio|wuauserv|svchost|runtimebroker/,
    /\\microsoft|\\windows (?:defender|kits|mail|media player|nt)|^[a-z]:\\windows\\/,
  ],
  [/google|chrom[e\u0435]/, /\\google\\/],
  [/adobe|acrobat/, /\\adobe\\/],
  [/mozilla|firefox/, /\\mozilla/],
  [/\bopera\b|opera(?=upd|auto)/, /\\opera/],
  [/java(?=upd)/, /\\java\\/],
  [/nvidia/, /\\nvidia/],
  [/\bintel\b|intel(?=upd)/, /\\intel/],
  [/dropbox/, /\\dropbox/],
  [/\bslack\b|discord|zoom|spotify/, /\\(?:slack|discord|zoom|spotify)/],
  [/symantec|norton|mcafee|kaspersky|avast|avira|sophos/, /\\(?:symantec|norton|mcafee|kaspersky|avast|avira|sophos)/],
]

/** In the maker's folder below Program Files, below ProgramData, or where products install themselves for one user. */
const ofMaker = (path: string, own: RegExp): boolean =>
  own.test(path) &&
  (/^(?:windows|program-files)$/.test(placeOf(path)) ||
    (isBinary(path) && /\\(?:appdata\\local|programdata)\\[^\\]+\\[^\\]+\\/.test(path)))

const isForeign = (path: string): boolean => !/^(?:windows|program-files|relative)$/.test(placeOf(path))

/** A known maker's own software in its own folder, be it one user's. */
export const isAtHome = (path: string): boolean => makers.some(([, own]) => ofMaker(path, own))

/** The maker whose name the text carries and none of whose files the task runs. */
function borrowed(text: string, subject: Subject): string | undefined {
  const files = payloadsOf(subject)
  for (const [name, own] of makers) {
    const word = name.exec(text)?.[0]
    if (word && files.some(isForeign) && !files.some((path) => ofMaker(path, own))) return word
  }
  return undefined
}

const withoutEnding = (path: string): string => imageName(path).replace(/\.\w{1,5}$/, '')

/** The name of the file and of the folder that it lies in. */
const lastTwo = (path: string): string => path.split('\\').slice(-2).join('\\')

/** Letters of other alphabets that look like Latin ones, beside Latin ones. */
const lookalike = /[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]/

export const disguiseTraits: readonly Trait[] = [
  {
    id: 'system-name-elsewhere',
    group: 'disguise',
    says: "run a file that has the name of one of Windows' own programs and lies elsewhere",
    seen: (subject) =>
      payloadsOf(subject).find(
        (path) => systemPrograms.has(withoutEnding(path)) && isForeign(path) && !defender.test(path),
      ),
  },
  {
    id: 'lookalike-letters',
    group: 'disguise',
    says: 'mix letters of two alphabets in the name of a file',
    seen: (subject) => payloadsOf(subject).find((path) => lookalike.test(path)),
  },
  {
    id: 'maker-in-file',
    group: 'disguise',
    says: "run a file that carries a maker's name and does not lie where that maker's software does",
    seen: (subject) => payloadsOf(subject).find((path) => isForeign(path) && borrowed(lastTwo(path), subject)),
  },
  {
    id: 'maker-in-task-name',
    group: 'name',
    says: "carry a maker's name and run something that does not lie where that maker's software does",
    seen: (subject) => borrowed((subject.chain.taskPath ?? '').toLowerCase(), subject),
  },
  {
    id: 'among-windows-tasks',
    group: 'name',
    says: "stand among Windows' own tasks and run something that Windows does not bring",
    seen: (subject) => {
      const { taskPath, definition } = subject.chain
      if (taskPath === null || !isAmongWindowsOwn(taskPath)) return undefined
      if (isWindowsOwn(subject)) return undefined
      // Where a program without a path lies only its definition tells: of what ran the rest of the path may be left out.
      const ordinary = definition ? /^(?:windows|program-files)$/ : /^(?:windows|program-files|relative)$/
      return (
        payloadsOf(subject).find((path) => !ordinary.test(placeOf(path)) && !defender.test(path)) ??
        subject.launches.find(({ name, payload }) => payload === null && /^(?:powershell|pwsh|mshta)$/.test(name))?.line
      )
    },
  },
  {
    id: 'system-word-in-task-name',
    group: 'name',
    says: 'call themselves a part of the system, run by something that was not installed',
    seen: (subject) =>
      payloadsOf(subject).some((path) => isForeign(path) && !isAtHome(path)) ||
      subject.launches.some((l) => l.payload === null)
        ? /system|security|update|service|helper|telemetry|health|runtime|driver/.exec(lastOf(subject))?.[0]
        : undefined,
  },
  {
    id: 'made-up-name',
    group: 'name',
    says: 'have a GUID or a made-up word with digits as a name',
    seen: (subject) => {
      const name = lastOf(subject)
      return /^\{[0-9a-f-]{36}\}$/.test(name) || endsInDigits(name) ? name : undefined
    },
  },
  {
    id: 'short-file-name',
    group: 'disguise',
    says: 'run a file whose name has one or two characters',
    seen: (subject) => payloadsOf(subject).find((path) => isForeign(path) && withoutEnding(path).length <= 2),
  },
]

/** Three digits or more in the hexadecimal characters that it ends in, after a letter. */
function endsInDigits(name: string): boolean {
  let digits = 0
  for (let i = name.length - 1; i > 0; i--) {
    if (!/[0-9a-f]/.test(name[i] ?? '')) return digits >= 3 && /[a-z_ ]/.test(name[i] ?? '')
    if (/\d/.test(name[i] ?? '')) digits++
  }
  return false
}

function lastOf({ chain }: Subject): string {
  const path = (chain.taskPath ?? '').toLowerCase()
  return path.slice(path.lastIndexOf('\\') + 1)
}
