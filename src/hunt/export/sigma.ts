import { attack } from '../../model/attack.ts'
import { ruleId } from '../sweep/sigma.ts'

/** What every rule has. */
const head = (title: string, name: string, description: string): string => `title: ${title}
id: ${ruleId(`export ${name}`)}
name: ${name}
status: experimental
description: ${description}
references:
    - ${attack.strategy.url}
author: tasktrail
tags:
    - attack.t1053.002
    - attack.t1053.005`

/** First what this rule finds, then the process, on one host within the window. */
const analytic = (title: string, name: string, first: string, window: string): string => `title: ${title}
id: ${ruleId(name)}
status: experimental
description: ${attack.analytic.description}
references:
    - ${attack.strategy.url}
author: tasktrail
tags:
    - attack.t1053.005
correlation:
    type: temporal_ordered
    rules:
        - ${first}
        - task_process
    group-by:
        - Computer
    timespan: ${window}
falsepositives:
    - An administrator's script that a new task runs
level: medium`

/**
 * The analytic as rules of Sigma and a correlation over them.
 * Source: https://sigmahq.io/sigma-specification/specification/sigma-correlation-rules-specification.html
 */
export const sigmaExport = (
  window: string,
): string => `# ${attack.analytic.id} of MITRE ATT&CK Enterprise ${attack.release} (${attack.strategy.id}), as far as Sigma can say it.
# ${attack.notice}
#
# What Sigma loses, against \`tasktrail scan\`:
# - The tie. A correlation groups by fields that all its rules share, and no process event names the task: here a change and a process
#   meet by host and time alone. tasktrail ties by the scheduler's process id (129), by the action's command line, by the run's record.
# - The outlier. No rule knows what is rare: the filter by folder stands for it. tasktrail weighs by counts over tasks, hosts and days.
# - The route and the actor. 4698 names a user; remote callers, COM clients and services are told apart by events that no rule joins.
# - ExecutionWindow is a span after the change (${window}); a run that comes later is missed. tasktrail follows a task as long as it lives.
# - Descendants: only what the scheduler itself starts is looked at.
# - What no event shows: tasks in the registry alone, in files, hidden ones.

# A task was made or changed, as the audit log has it.
${head('Scheduled task made or changed', 'task_changed', 'A scheduled task was created or updated (audit of other object access events)')}
logsource:
    product: windows
    service: security
    definition: Audit Other Object Access Events, success
detection:
    selection:
        EventID: [4698, 4702]
    # TaskAuthor: accounts whose tasks are not looked at. Here only what Windows and its services act as.
    filter_task_author:
        SubjectUserSid:
            - 'S-1-5-18'
            - 'S-1-5-19'
            - 'S-1-5-20'
    condition: selection and not filter_task_author
falsepositives:
    - Administrators and installers that make tasks
level: low
---
# The same, where only the command is recorded.
${head('Command that makes or changes a scheduled task', 'task_commanded', 'schtasks, at or a cmdlet was asked to make or change a scheduled task')}
logsource:
    product: windows
    category: process_creation
detection:
    schtasks:
        Image|endswith: '\\\\schtasks.exe'
        CommandLine|contains:
            - '/create'
            - '-create'
            - '/change'
            - '-change'
    at:
        Image|endswith: '\\\\at.exe'
        CommandLine|re: '\\d{1,2}:\\d{2}'
    cmdlet:
        CommandLine|contains:
            - 'Register-ScheduledTask'
            - 'Set-ScheduledTask'
            - 'Register-ScheduledJob'
            - 'Schedule.Service'
            - 'PS_ScheduledTask'
    condition: 1 of them
falsepositives:
    - Administrators and installers that make tasks
level: low
---
# A program that the scheduler started and that lies where no program of Windows or of an installation lies, or is a script host.
${head('Unusual process of the Task Scheduler', 'task_process', 'The Task Scheduler started a program from an unusual folder, or a script host')}
logsource:
    product: windows
    category: process_creation
detection:
    scheduler_service:
        ParentImage|endswith: '\\\\svchost.exe'
        ParentCommandLine|contains: 'Schedule'
    scheduler_engine:
        ParentImage|endswith:
            - '\\\\taskeng.exe'
            - '\\\\taskhostw.exe'
    # CommandLineRegex: what is suspicious of a task's command line.
    command_line_regex:
        CommandLine|re: '(?i)(?:\\\\(?:users|programdata|temp|perflogs|public)\\\\|\\b(?:powershell|pwsh|cmd|wscript|cscript|mshta|rundll32|regsvr32|msbuild|certutil|bitsadmin)\\b)'
    condition: 1 of scheduler_* and command_line_regex
falsepositives:
    - Tasks of administrators that run scripts
level: low
---
# The analytic: first the change, then the process, on one host, within ExecutionWindow.
${analytic('Scheduled task made or changed, then an unusual process of the scheduler', 'export analytic', 'task_changed', window)}
---
# The same from the command, where the audit of tasks is off.
${analytic('Command that makes a scheduled task, then an unusual process of the scheduler', 'export analytic of a command', 'task_commanded', window)}
`
