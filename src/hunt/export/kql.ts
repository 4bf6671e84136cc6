import { attack } from '../../model/attack.ts'

/**
 * The analytic as two queries: one of Microsoft Defender XDR's tables, one of Microsoft Sentinel's.
 * Source: https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceevents-table, https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent
 */
export const kqlExport = (
  window: string,
): string => `// ${attack.analytic.id} of MITRE ATT&CK Enterprise ${attack.release} (${attack.strategy.id}), as far as KQL can say it.
// ${attack.notice}
//
// What KQL loses, against \`tasktrail scan\`:
// - The tie is the program's name in the definition and below the scheduler; a process id (TaskScheduler 129) is in neither table. What a
//   COM handler or an action with variables in its program's name starts is missed.
// - The outlier is a program that few hosts run below the scheduler in this span: no counts over tasks, no past of the task itself.
// - Route and actor: the account alone. Remote callers, COM clients and what was done over WMI or the registry are not told apart.
// - A task that was changed before the span that is searched, and one that first runs after ExecutionWindow, is missed.
// - Descendants of what the task ran, tasks that were deleted before they could be read, tampering, cleared logs, contradictions.

// Two queries: run the one whose tables you have.

// Microsoft Defender XDR
let Lookback = 7d;
// Lookback window to correlate process execution after task registration.
let ExecutionWindow = ${window};
// Accounts whose tasks are not looked at: none but those of Windows and its services.
let TaskAuthor = dynamic(["system", "local service", "network service"]);
// Suspicious binaries or script usage tied to scheduled tasks: these are told also where many hosts run them.
let CommandLineRegex = @'(?i)(-e(nc(odedcommand)?)?\\s+[a-z0-9+/]{40,}|downloadstring|frombase64string|\\\\users\\\\public\\\\|\\\\perflogs\\\\)';
let MostHosts = 3;
let Changes = DeviceEvents
  | where Timestamp > ago(Lookback)
  | where ActionType in ("ScheduledTaskCreated", "ScheduledTaskUpdated")
  | where tolower(InitiatingProcessAccountName) !in (TaskAuthor)
  | extend Told = parse_json(AdditionalFields)
  | extend TaskName = tostring(Told.TaskName), Command = extract(@'<Command>([^<]*)</Command>', 1, tostring(Told.TaskContent))
  | extend Program = tolower(extract(@'([^\\\\/"]+)"?$', 1, trim(@'\\s', Command)))
  | project DeviceId, DeviceName, ChangeTime = Timestamp, ActionType, TaskName, Command, Program, Author = InitiatingProcessAccountName,
      MadeBy = InitiatingProcessCommandLine;
let Runs = DeviceProcessEvents
  | where Timestamp > ago(Lookback)
  | where InitiatingProcessFileName in~ ("svchost.exe", "taskeng.exe", "taskhostw.exe")
  | where InitiatingProcessFileName !~ "svchost.exe" or InitiatingProcessCommandLine has "Schedule"
  | project DeviceId, RunTime = Timestamp, Program = tolower(FileName), FolderPath, ProcessCommandLine, SHA256, RunsAs = AccountName;
let Known = Runs | summarize Hosts = dcount(DeviceId) by FolderPath = tolower(FolderPath);
Changes
| extend Program = iff(Program has ".", Program, strcat(Program, ".exe"))
| join kind=inner Runs on DeviceId, Program
| where RunTime between (ChangeTime .. (ChangeTime + ExecutionWindow))
| extend Folder = tolower(FolderPath)
| join kind=leftouter Known on $left.Folder == $right.FolderPath
| where Hosts <= MostHosts or ProcessCommandLine matches regex CommandLineRegex
| project ChangeTime, RunTime, DeviceName, TaskName, ActionType, Author, MadeBy, Command, FolderPath, ProcessCommandLine, SHA256, RunsAs, Hosts
| sort by ChangeTime asc;

// Microsoft Sentinel, Windows security events
let Lookback = 7d;
let ExecutionWindow = ${window};
let TaskAuthor = dynamic(["S-1-5-18", "S-1-5-19", "S-1-5-20"]);
let CommandLineRegex = @'(?i)(-e(nc(odedcommand)?)?\\s+[a-z0-9+/]{40,}|downloadstring|frombase64string|\\\\users\\\\public\\\\|\\\\perflogs\\\\)';
let MostHosts = 3;
let Changes = SecurityEvent
  | where TimeGenerated > ago(Lookback)
  | where EventID in (4698, 4702)
  | where SubjectUserSid !in (TaskAuthor)
  | extend TaskName = extract(@'<Data Name="TaskName">([^<]*)</Data>', 1, EventData)
  | extend Command = extract(@'&lt;Command&gt;(.*?)&lt;/Command&gt;', 1, EventData)
  | extend Program = tolower(extract(@'([^\\\\/"]+)"?$', 1, trim(@'\\s', Command)))
  | extend Program = iff(Program has ".", Program, strcat(Program, ".exe"))
  | project Computer, ChangeTime = TimeGenerated, EventID, TaskName, Command, Program, Author = SubjectAccount;
let Runs = SecurityEvent
  | where TimeGenerated > ago(Lookback)
  | where EventID == 4688
  // 4688 names the parent's program alone: every service's svchost.exe looks like the scheduler's.
  | where ParentProcessName endswith @'\\svchost.exe' or ParentProcessName endswith @'\\taskeng.exe' or ParentProcessName endswith @'\\taskhostw.exe'
  | project Computer, RunTime = TimeGenerated, Program = tolower(tostring(split(NewProcessName, @'\\')[-1])), NewProcessName, CommandLine, RunsAs = TargetAccount;
let Known = Runs | summarize Hosts = dcount(Computer) by NewProcessName = tolower(NewProcessName);
Changes
| join kind=inner Runs on Computer, Program
| where RunTime between (ChangeTime .. (ChangeTime + ExecutionWindow))
| extend Folder = tolower(NewProcessName)
| join kind=leftouter Known on $left.Folder == $right.NewProcessName
| where Hosts <= MostHosts or CommandLine matches regex CommandLineRegex
| project ChangeTime, RunTime, Computer, TaskName, EventID, Author, Command, NewProcessName, CommandLine, RunsAs, Hosts
| sort by ChangeTime asc
`
