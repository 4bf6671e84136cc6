import type { RunProcess } from '../model/chain.ts'
import { imageName, splitProgram } from '../model/command-line.ts'

/** What somebody asks who does not know where they are. */
export type Question = 'account' | 'system' | 'network' | 'process' | 'share' | 'domain' | 'security' | 'software'

/** Built-in tools by the question that they answer; for those that also set things, with what arguments they only ask. */
const tools: readonly (readonly [name: string, asks: Question, withArguments?: RegExp])[] = [
  ['whoami', 'account'],
  ['quser', 'account'],
  ['qwinsta', 'account'],
  ['query', 'account'],
  ['klist', 'account', /^(?!.*\bpurge\b)/],
  ['cmdkey', 'account', /^[/-]list/],
  ['hostname', 'system'],
  ['systeminfo', 'system'],
  ['ver', 'system'],
  ['set', 'system', /^$/],
  ['tasklist', 'process'],
  ['qprocess', 'process'],
  ['driverquery', 'software'],
  ['fltmc', 'security'],
  ['ipconfig', 'network', /^(?![-/](?:registerdns|flushdns|renew|release))/],
  ['arp', 'network', /^[-/]a/],
  ['route', 'network', /\bprint\b/],
  ['netstat', 'network'],
  ['nbtstat', 'network'],
  ['nslookup', 'network'],
  ['tracert', 'network'],
  ['pathping', 'network'],
  ['getmac', 'network'],
  ['netsh', 'network', /\bshow\b/],
  ['nltest', 'domain'],
  ['dsquery', 'domain'],
  ['dsget', 'domain'],
  ['adfind', 'domain'],
  ['setspn', 'domain', /(?:^|\s)-[lqt]\b/],
  ['csvde', 'domain'],
  ['ldifde', 'domain', /^(?!.*\s-i\b)/],
  ['gpresult', 'domain'],
  ['sc', 'software', /^(?:query|qc|queryex)\b/],
  ['reg', 'software', /^query\b/],
  ['schtasks', 'software', /^[/-]query/],
  ['auditpol', 'security', /^[/-]get/],
  ['net', 'account', /^(?:users?|groups?|localgroups?|accounts)\b(?!.*\/(?:add|delete|active))/],
  ['net', 'share', /^(?:view|share|use|session|file)\s*$|^view\b/],
  ['net', 'software', /^(?:start|config|statistics)\s*\S*$/],
]

/** WMI's classes and PowerShell's cmdlets in whatever way they are called. */
const words: readonly (readonly [RegExp, Question])[] = [
  [/win32_(?:operatingsystem|computersystem|bios)|get-computerinfo|\bos\s+get\b|computersystem\s+get/, 'system'],
  [
    /win32_(?:useraccount|group|logonsession)|get-localuser|get-localgroup|useraccount\s+(?:get|list)|\$env:username|windowsidentity/,
    'account',
  ],
  [/win32_process\b|get-process\b|\bprocess\s+(?:get|list)\b/, 'process'],
  [
    /win32_networkadapter|get-net(?:ipaddress|ipconfiguration|adapter|tcpconnection|route|neighbor)|nicconfig\s+get|test-netconnection/,
    'network',
  ],
  [/win32_share|get-smbshare|\bshare\s+get\b/, 'share'],
  [
    /get-ad(?:user|computer|group|domain|forest|trust)|directorysearcher|directoryservices|get-net(?:domain|computer|user|group)|invoke-bloodhound|sharphound/,
    'domain',
  ],
  [/antivirusproduct|get-mpcomputerstatus|get-mppreference|securitycenter2/, 'security'],
  [/win32_(?:product|service|startupcommand)|get-service\b|qfe\s+(?:get|list)|get-hotfix/, 'software'],
]

/** What a process asks the system about; undefined when it asks nothing. Without a command line a tool counts as asking. */
export function questionOf({ image, commandLine }: Pick<RunProcess, 'image' | 'commandLine'>): Question | undefined {
  const name = imageName(image ?? '').replace(/\.exe$/, '')
  const tool = name === 'net1' ? 'net' : name
  const rest = commandLine === null ? null : splitProgram(commandLine).rest.toLowerCase()
  const asked = tools.find(
    ([each, , pattern]) => each === tool && (pattern === undefined || rest === null || pattern.test(rest)),
  )
  if (asked) return asked[1]
  if (rest === null || !/^(?:wmic|powershell|pwsh|cmd)$/.test(name)) return undefined
  if (name === 'cmd') return inCmd(rest)
  return words.find(([pattern]) => pattern.test(rest))?.[1]
}

/** What cmd itself answers, and nothing else than a question after `/c`. */
function inCmd(rest: string): Question | undefined {
  return /^\/c\s+"?ver"?$/.test(rest) || /^\/c\s+"?set"?$/.test(rest) ? 'system' : undefined
}
