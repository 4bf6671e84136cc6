import type { Launch } from '../launch.ts'
import { isInProgramFiles } from '../location.ts'
import type { Subject } from '../subject.ts'
import type { Trait } from './trait.ts'

/** URL that leads off the host. */
export const url = /(?:https?|ftp):\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:[/\s"']|$))/
const webDav = /\\\\[^\\\s"]+@(?:ssl|\d{1,5})[@\\]|\\davwwwroot\\/
const fetching =
  /downloadstring|downloadfile|downloaddata|invoke-webrequest|invoke-restmethod|start-bitstransfer|urlcache|\biwr\b|\birm\b|\bwget\b|bitsadmin[^|&]{0,200}\/transfer|net\.webclient|msxml2\.xmlhttp/
const running =
  /\biex\b|invoke-expression|scriptblock\]::create|assembly\]\s*::\s*(?:unsafe)?load|start-process|&&|;\s*&|\.exe\b[^;&|]{0,300}[;&|]/
/** PowerShell takes any unambiguous beginning of -EncodedCommand. */
const encoded = /\s["']?[-/–—―](?:e[cn]?["']?\s+["']?[a-z0-9+/=]{16}|enc[a-z]{0,12}["']?\s+["']?[a-z0-9+/=]{8})/
const hiddenWindow = /\s["']?[-/–—―]w(?:i[a-z]{0,12})?["']?\s+["']?(?:h[a-z]*|1)\b/
const assembled =
  /frombase64string|-join\s*\[char|gzipstream|\bgp hk(?:lm|cu):|get-itemproperty hk|\[char\]\s*0?x?\d+\s*\+|readallbytes|reflection\.assembly\]\s*::\s*(?:unsafe)?load(?:file|from)?\s*\(/
const evaluated = /invoke-expression|(?<![\w.\\/-])iex(?![\w.\\/-])/

/** Goes after credentials: tools, files and calls that nothing else needs. */
const credentialSigns: readonly RegExp[] = [
  /\bcomsvcs(?:\.dll)?\b/,
  /(?<!\\)minidump/, // but the folder \Windows\Minidump is tidied by ordinary tasks
  /\bprocdump/,
  /(?<![a-z])lsass/,
  /\bntds\.dit\b/,
  /\bntdsutil\b/,
  /\bmimikatz\b/,
  /\bsekurlsa\b/,
  /\brubeus\b/,
  // Shadow copies that Windows itself schedules for a volume end with /AutoRetry.
  /\bvssadmin(?:\.exe)?"?\s+create\s+shadow(?!\s+\/autoretry=)/,
  /\\harddiskvolumeshadowcopy/,
  /\b(?:save|export)\s+"?(?:hklm|hkey_local_machine)\\(?:sam|security)\b/,
  /\b(?:save|export)\s+"?(?:hklm|hkey_local_machine)\\system(?=["\s]|$)/,
  /\\system32\\config\\sam(?![a-z])/,
]

const accountChange =
  /\bnet1?(?:\.exe)?"?\s+(?:user|localgroup|group)\b[^&|]{0,300}\/add|add-localgroupmember|new-localuser/
const defenceOff =
  /set-mppreference|add-mppreference\s+-exclusion|disablerealtimemonitoring|advfirewall\s+set\s+\w+\s+state\s+off|vssadmin(?:\.exe)?\s+delete|wevtutil(?:\.exe)?\s+cl\b|clear-eventlog|bcdedit(?:\.exe)?\s+\/set|wbadmin\s+delete/
const backConnect =
  /sockets?\.tcpclient|\s-e\s+(?:cmd|powershell|\/bin)|\b(?:nc|ncat|nc64|netcat)(?:\.exe)?\s+(?:-\w+\s+)*\d{1,3}(?:\.\d{1,3}){3}|\bssh(?:\.exe)?\s[^|&]{0,300}-r\s*\d/
const address = /(?<![\d.])(?!127\.|0\.0\.0\.0|255\.)(?:\d{1,3}\.){3}\d{1,3}(?=[:\s/\\"']|$)/
const outputToFile =
  />\s*"?(?:[a-z]:\\windows\\(?!logs\\)|\\\\[^\\]+\\[a-z]+\$?\\|(?:[a-z]:)?\\(?:temp|tmp|perflogs|windows\\temp|users\\public)\\|[a-z]:\\users\\[^\\]+\\appdata\\local\\temp\\)/

/** Browsers start a process that knows where to report a crash, from their own folder; it fetches nothing. */
const crashHandler = /crashpad|--crash-handler/
const isCrashHandler = ({ program, line }: Launch): boolean => isInProgramFiles(program) && crashHandler.test(line)

/** The first of the launches' lines in which all the patterns are found, and what the first of them found. */
function inLines({ launches }: Subject, ...patterns: readonly RegExp[]): string | undefined {
  for (const launch of launches) {
    if (isCrashHandler(launch)) continue
    const { line } = launch
    const words = patterns.map((pattern) => pattern.exec(line)?.[0])
    if (words.every((word) => word !== undefined)) return words[0]
  }
  return undefined
}

const powerShell = /powershell|pwsh/
const credentials = new RegExp(credentialSigns.map(({ source }) => source).join('|'))
const hosts = /^(?:mshta|regsvr32|msiexec|rundll32|wscript|cscript|installutil|cmstp)$/

const fetchedByHost = ({ launches }: Subject): string | undefined =>
  launches.find(({ name, rest }) => hosts.test(name) && (url.test(rest) || webDav.test(rest)))?.line

export const intrusionTrait: Trait = {
  id: 'intrusion',
  group: 'intent',
  says: 'add accounts, go after credentials, open a way to another host, switch a defence off, run code that they fetch from a bare address, or leave their output where a stranger reads it',
  seen: (subject) =>
    inLines(subject, credentials) ??
    inLines(subject, accountChange) ??
    inLines(subject, defenceOff) ??
    inLines(subject, backConnect) ??
    inLines(subject, evaluated, fetching, address) ??
    inLines(subject, outputToFile),
}

export const codeTraits: readonly Trait[] = [
  {
    id: 'unseen-code',
    group: 'code',
    says: 'run code that does not lie in a file: fetched, in base64, put together, or in an argument of a program that runs none otherwise',
    seen: (subject) =>
      fetchedByHost(subject) ??
      inLines(subject, fetching, running) ??
      inLines(subject, /javascript:|vbscript:|scrobj\.dll/) ??
      inLines(subject, encoded, powerShell) ??
      inLines(subject, evaluated, powerShell) ??
      inLines(subject, assembled),
  },
  intrusionTrait,
  {
    id: 'fetches',
    group: 'code',
    says: 'name a URL that leads off the host, or fetch something',
    seen: (subject) => inLines(subject, url) ?? inLines(subject, webDav) ?? inLines(subject, fetching),
  },
  {
    id: 'address',
    group: 'intent',
    says: 'name a network address',
    seen: (subject) => inLines(subject, address),
  },
  {
    id: 'hidden-window',
    group: 'means',
    says: 'run PowerShell in a hidden window',
    seen: (subject) => inLines(subject, hiddenWindow, powerShell),
  },
]
