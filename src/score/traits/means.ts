import { proxies } from '../../model/windows/programs.ts'
import { interpreters, type Launch } from '../launch.ts'
import { isInProgramFiles, isInWindows } from '../location.ts'
import type { Subject } from '../subject.ts'
import { isAtHome } from './disguise.ts'
import { isBinary, isWindowsOwn, placeOf } from './place.ts'
import type { Trait } from './trait.ts'

const isShell = (name: string): boolean => /^(?:cmd|powershell|pwsh)$/.test(name)

/** Whatever the shell or interpreter is told to do, it is not told by a file or command. */
const isBare = ({ name, rest, isWhole }: Launch): boolean =>
  isWhole && isShell(name) && /^(?:[-/](?:nop\w*|noe\w*|nol\w*|noni\w*|[ck])\s*)*$/.test(rest.trim())

const launch =
  (test: (launch: Launch) => boolean) =>
  ({ launches }: Subject): string | undefined =>
    launches.find(test)?.line

const isElsewhere = (path: string | null): boolean => path !== null && !isInWindows(path) && !isInProgramFiles(path)

export const meansTraits: readonly Trait[] = [
  { id: 'bare-shell', group: 'means', says: 'are a shell without a command', seen: launch(isBare) },
  {
    id: 'proxy',
    group: 'means',
    says: "have a program of Windows run others' code, or load a library that lies neither in Windows nor in Program Files",
    seen: launch(
      ({ name, payload, rest }) =>
        proxies.has(name) ||
        (name === 'msiexec' && /\s["']?https?:\/\//.test(` ${rest}`)) ||
        (/^(?:rundll32|regsvr32|odbcconf|control)$/.test(name) &&
          isElsewhere(payload) &&
          placeOf(payload ?? '') !== 'relative'),
    ),
  },
  {
    id: 'shell-in-shell',
    group: 'means',
    says: 'have a shell start another shell or script host',
    seen: (subject) => {
      const names = new Set(subject.launches.map(({ name }) => name))
      return (names.has('cmd') && ['powershell', 'pwsh', 'wscript', 'cscript', 'mshta'].some((n) => names.has(n))) ||
        (names.has('powershell') &&
          subject.launches.some(({ name, rest }) => name === 'powershell' && /\bcmd(?:\.exe)?\b/.test(rest)))
        ? subject.launches[0]?.line
        : undefined
    },
  },
  {
    id: 'script-host',
    group: 'means',
    says: 'have Windows Script Host run a script that lies neither in Windows nor in Program Files',
    seen: launch(
      ({ name, payload, program }) =>
        (/^(?:wscript|cscript)$/.test(name) && isElsewhere(payload)) || /\.(?:vbs|vbe|js|jse|wsf)$/.test(program),
    ),
  },
  {
    id: 'inline-command',
    group: 'means',
    says: 'give a shell a command instead of a script',
    seen: ({ launches }) => {
      const scripted = launches.some(({ payload }) => payload !== null && !isBinary(payload))
      return scripted ? undefined : launches.find(({ name, rest }) => isShell(name) && rest !== '')?.line
    },
  },
  {
    id: 'bare-program',
    group: 'means',
    says: 'run a program that was not installed, without any argument',
    seen: launch(
      ({ name, payload, rest, isWhole }) =>
        isWhole &&
        rest === '' &&
        payload !== null &&
        !interpreters.test(name) &&
        !isShell(name) &&
        isElsewhere(payload) &&
        placeOf(payload) !== 'relative' &&
        !isAtHome(payload) &&
        isBinary(payload),
    ),
  },
  {
    id: 'bare-windows-program',
    group: 'means',
    says: 'run a program from the folder of Windows, or one without a path, without any argument',
    seen: (subject) => {
      const bare = launch(
        ({ name, payload, rest, isWhole }) =>
          isWhole &&
          rest === '' &&
          payload !== null &&
          !interpreters.test(name) &&
          isBinary(payload) &&
          /^(?:windows|relative)$/.test(placeOf(payload)),
      )(subject)
      return bare !== undefined && isWindowsOwn(subject) ? undefined : bare
    },
  },
]
