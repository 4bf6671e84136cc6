import { mendTable, type Step } from './mends.ts'
import { ascii, saysOf } from './says.ts'
import { guidOf } from './steps.ts'
import type { Wanted } from './wanted.ts'

const channels = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\'
const securityLogPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\EventLog\\Security'
const auditNode = 'Windows Settings\\Security Settings\\Advanced Audit Policy Configuration\\Audit Policies'

/**
 * A script that sets what is lacking in one group policy object, each setting with its place in the editor, and `audit.csv` to be imported
 * there. Sources: [MS-GPAC] 2.2.1 for the file; Microsoft's reference of the GroupPolicy module.
 */
export function* mendByPolicy({ mends, sizes }: Wanted): Iterable<string> {
  const wanted = mends.map((one) => ({ one, steps: mendTable[one.id].steps }))
  const byPolicy = wanted.filter(({ steps }) => steps.some((step) => isOfPolicy(step, sizes)))
  if (byPolicy.length === 0) {
    yield '# nothing that a group policy sets is lacking\n'
    return
  }
  yield '# Sets in one group policy object what tasktrail needs to see scheduled tasks. Paths are those below Computer Configuration\\Policies.\n'
  yield 'param([Parameter(Mandatory = $true)] [string] $Gpo)\n'
  yield 'Import-Module GroupPolicy -ErrorAction Stop\n'
  for (const { one, steps } of byPolicy) {
    yield '\n'
    for (const line of saysOf(one)) yield `# ${line}\n`
    for (const step of steps) for (const line of linesOf(step, sizes)) yield `${line}\n`
  }
  yield* auditFile(byPolicy.flatMap(({ steps }) => steps.filter((step) => step.kind === 'audit')))
  const rest = wanted.filter(({ one }) => !byPolicy.some((other) => other.one === one))
  if (rest.length > 0) yield '\n# not set by a policy; see the other forms of --mend:\n'
  for (const { one } of rest) yield `# ${ascii(`${one.id}: ${mendTable[one.id].name}`)}\n`
}

function isOfPolicy({ kind }: Step, sizes: ReadonlyMap<string, number>): boolean {
  return kind === 'audit' || kind === 'policy-value' || kind === 'log' || (kind === 'log-size' && sizes.size > 0)
}

function linesOf(step: Step, sizes: ReadonlyMap<string, number>): string[] {
  switch (step.kind) {
    case 'audit':
      return [
        `# path: ${auditNode}\\${step.category}\\Audit ${step.name}: Success (in the file below)`,
        '# undo: set it to “Not configured” there',
      ].map(ascii)
    case 'policy-value':
      return [
        `# path: ${step.path}: Enabled`,
        `# undo: Remove-GPRegistryValue -Name $Gpo -Key '${step.key}' -ValueName ${step.name}`,
        `Set-GPRegistryValue -Name $Gpo -Key '${step.key}' -ValueName ${step.name} -Type DWord -Value 1 | Out-Null`,
      ]
    case 'log': {
      const size = sizes.get(step.channel)
      return [
        ...preference(step.channel, 'Enabled', 1),
        ...(size === undefined ? [] : preference(step.channel, 'MaxSize', size)),
      ]
    }
    case 'log-size':
      return [...sizes].flatMap(([channel, bytes]) =>
        channel === 'Security' ? securitySize(bytes) : preference(channel, 'MaxSize', bytes),
      )
    default:
      return []
  }
}

/** A log other than the old ones has no policy of its own: a preference sets its registry value, which is read at the next start. */
function preference(channel: string, name: string, value: number): string[] {
  const key = `${channels}${channel}`
  return [
    '# path: Preferences\\Windows Settings\\Registry; read at the next start of the host',
    `# undo: Remove-GPPrefRegistryValue -Name $Gpo -Context Computer -Key '${key}' -ValueName ${name}`,
    `Set-GPPrefRegistryValue -Name $Gpo -Context Computer -Action Update -Key '${key}' -ValueName ${name} -Type DWord -Value ${unsigned(value)} | Out-Null`,
  ]
}

/** PowerShell's numbers of 32 bits are signed. */
const unsigned = (value: number): number => Math.min(value, 2 ** 31 - 65_536)

/** “Specify the maximum log file size (KB)” counts in KiB. */
function securitySize(bytes: number): string[] {
  return [
    '# path: Administrative Templates\\Windows Components\\Event Log Service\\Security\\Specify the maximum log file size (KB)',
    `# undo: Remove-GPRegistryValue -Name $Gpo -Key '${securityLogPolicy}' -ValueName MaxSize`,
    `Set-GPRegistryValue -Name $Gpo -Key '${securityLogPolicy}' -ValueName MaxSize -Type DWord -Value ${Math.ceil(bytes / 1024)} | Out-Null`,
  ]
}

/** Subcategories as `auditpol /backup` and the editor's import have them. */
function* auditFile(steps: readonly Extract<Step, { kind: 'audit' }>[]): Iterable<string> {
  if (steps.length === 0) return
  yield '\n# Subcategories: import the file in the editor, at the node of the paths above (Import Settings). Beside them belongs\n'
  yield '# Windows Settings\\Security Settings\\Local Policies\\Security Options\\Audit: Force audit policy subcategory settings: Enabled,\n'
  yield '# so that no older policy by category overrides them.\n'
  yield "@'\n"
  yield 'Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\n'
  for (const step of steps) yield `,System,Audit ${step.name},${guidOf(step)},Success,,1\n`
  yield "'@ | Set-Content -Encoding ASCII tasktrail-audit.csv\n"
}
