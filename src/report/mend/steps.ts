import { auditSubcategories } from '../../model/windows/audit-subcategories.ts'
import type { Step } from './mends.ts'

/** What a step takes on a host, as lines of PowerShell, and what takes it back. */
export interface Commands {
  readonly apply: readonly string[]
  readonly undo: readonly string[]
}

const forwarding = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\EventLog\\EventForwarding\\SubscriptionManager'

/** The subcategory's id as `auditpol` takes it: its names are translated. */
export const guidOf = ({ subcategory }: Extract<Step, { kind: 'audit' }>): string =>
  auditSubcategories[subcategory].toUpperCase()

/** Commands of one step; none where PowerShell is not the way (a filter of Sysmon). Nothing of an input stands in them. */
export function commandsOf(step: Step, sizes: ReadonlyMap<string, number>): Commands {
  switch (step.kind) {
    case 'audit': {
      const set = `auditpol /set "/subcategory:${guidOf(step)}"`
      return { apply: [`${set} /success:enable`], undo: [`${set} /success:disable`] }
    }
    case 'policy-value':
      return {
        apply: [`reg add "${step.key}" /v ${step.name} /t REG_DWORD /d 1 /f`],
        undo: [`reg delete "${step.key}" /v ${step.name} /f`],
      }
    case 'log': {
      const size = sizes.get(step.channel)
      return {
        apply: [`wevtutil sl "${step.channel}" /e:true`, ...(size === undefined ? [] : [enlarge(step.channel, size)])],
        undo: [`wevtutil sl "${step.channel}" /e:false`],
      }
    }
    case 'log-size':
      return {
        apply: [...sizes].map(([channel, size]) => enlarge(channel, size)),
        undo: [...sizes.keys()].map(
          (channel) => `wevtutil sl "${channel}" /ms:BYTES   (BYTES: maxSize in the kept settings)`,
        ),
      }
    case 'start-service':
      return {
        apply: [
          `Get-Service -Name ${step.names.join(', ')} -ErrorAction SilentlyContinue | Set-Service -StartupType Automatic -PassThru | Start-Service`,
        ],
        undo: [],
      }
    case 'forward':
      return {
        apply: [
          'if ($Collector) {',
          `  if (-not (Get-ItemProperty -Path '${forwarding.replace('HKLM', 'HKLM:')}' -Name 1 -ErrorAction SilentlyContinue)) {`,
          `    reg add "${forwarding}" /v 1 /t REG_SZ /d "Server=http://\${Collector}:5985/wsman/SubscriptionManager/WEC,Refresh=60" /f`,
          '  }',
          '  Set-Service -Name WinRM -StartupType Automatic -PassThru | Start-Service',
          '  # the service that forwards reads the Security log as a member of Event Log Readers',
          "  Add-LocalGroupMember -SID 'S-1-5-32-573' -Member 'S-1-5-20' -ErrorAction Continue",
          "} else { Write-Warning 'no -Collector was given: nothing is forwarded' }",
        ],
        undo: [`reg delete "${forwarding}" /v 1 /f`, "Remove-LocalGroupMember -SID 'S-1-5-32-573' -Member 'S-1-5-20'"],
      }
    case 'collect':
      return step.what === 'hive'
        ? { apply: ['reg save HKLM\\SOFTWARE "$kept\\SOFTWARE" /y'], undo: [] }
        : {
            apply: [
              'robocopy "$env:windir\\System32\\Tasks" "$kept\\Windows\\System32\\Tasks" /E /B /COPY:DAT /R:0 /W:0 /NP | Out-Null',
              'robocopy "$env:windir\\Tasks" "$kept\\Windows\\Tasks" /E /B /COPY:DAT /R:0 /W:0 /NP | Out-Null',
            ],
            undo: [],
          }
    case 'sysmon-filter':
      return { apply: [], undo: [] }
  }
}

/** A log that is larger already stays so, and one that is not there is passed over. */
const enlarge = (channel: string, bytes: number): string =>
  `Get-WinEvent -ListLog '${channel}' -ErrorAction SilentlyContinue | Where-Object { $_.MaximumSizeInBytes -lt ${bytes} } | ForEach-Object { wevtutil sl "${channel}" /ms:${bytes} }`
