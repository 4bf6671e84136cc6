import { powershellText as text } from './quote.ts'
import { isGone, noAccount, noFiles, noRoots, noTask, pidsAreReused, type Step, titles } from './step.ts'
import type { Target } from './target.ts'

// The scheduler's own interface takes a name as it is; its cmdlets take `*` and `?` in one for more than they are.

/** Where the evidence is put; each step says it anew, since each may be run by itself. */
const openCase =
  "$case = Join-Path $env:SystemDrive 'tasktrail-case'; New-Item -ItemType Directory -Force -Path $case | Out-Null"

const openTask = ({ folder, name }: NonNullable<Target['task']>): string =>
  `$service = New-Object -ComObject Schedule.Service; $service.Connect(); $folder = $service.GetFolder(${text(folder)}); $task = $folder.GetTask(${text(name)})`

/** How far the start of a process may lie from what its record says, in seconds: another one with its id began at another time. */
const nearness = 5

export function powershellSteps(target: Target): Step[] {
  const { task, isDeleted } = target
  const ofTask = (title: string, line: string): Step =>
    task === null
      ? { title, lines: [], note: noTask }
      : { title, lines: [openTask(task), line], note: isDeleted ? isGone : null }
  return [
    keep(target),
    ofTask(titles.disable, '$task.Enabled = $false'),
    ofTask(titles.end, '$task.Stop(0)'),
    kill(target),
    task === null
      ? { title: titles.delete, lines: [], note: noTask }
      : {
          title: titles.delete,
          lines: [openTask(task), `$folder.DeleteTask(${text(task.name)}, 0)`],
          note: isDeleted ? isGone : 'Only once its definition is kept.',
        },
    collect(target),
    account(target),
  ]
}

function keep({ task, channels, isDeleted }: Target): Step {
  const logs = channels.length === 0 ? ['Security', 'Microsoft-Windows-TaskScheduler/Operational'] : channels
  const lines = [
    openCase,
    `foreach ($log in ${logs.map(text).join(', ')}) { wevtutil.exe epl $log (Join-Path $case (($log -replace '[^\\w.-]', '_') + '.evtx')) }`,
    "reg.exe export 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache' (Join-Path $case 'TaskCache.reg') /y",
  ]
  if (task !== null) {
    lines.push(
      `${openTask(task)}; [IO.File]::WriteAllText((Join-Path $case 'task.xml'), $task.Xml, [Text.Encoding]::Unicode)`,
      `Copy-Item -LiteralPath (Join-Path $env:SystemRoot ('System32\\Tasks' + ${text(task.path)})) -Destination $case`,
    )
  }
  return { title: titles.keep, lines, note: isDeleted ? isGone : null }
}

function kill({ roots }: Target): Step {
  if (roots.length === 0) return { title: titles.kill, lines: [], note: noRoots }
  return {
    title: titles.kill,
    lines: [
      'function Stop-Tree($id) { Get-CimInstance Win32_Process -Filter "ParentProcessId=$id" | ForEach-Object { Stop-Tree $_.ProcessId }; Stop-Process -Id $id -Force }',
      ...roots.map(
        ({ pid, time }) =>
          `$p = Get-Process -Id ${pid} -ErrorAction SilentlyContinue; if ($p -and [Math]::Abs(($p.StartTime.ToUniversalTime() - [DateTimeOffset]::Parse(${text(time)}).UtcDateTime).TotalSeconds) -lt ${nearness}) { Stop-Tree ${pid} }`,
      ),
    ],
    note: `${pidsAreReused} Each is ended only if it began when the record says.`,
  }
}

function collect({ files }: Target): Step {
  if (files.length === 0) return { title: titles.collect, lines: [], note: noFiles }
  return {
    title: titles.collect,
    lines: [
      openCase,
      `foreach ($file in ${files.map(text).join(', ')}) { $path = [Environment]::ExpandEnvironmentVariables($file); Get-FileHash -Algorithm SHA256 -LiteralPath $path; Copy-Item -LiteralPath $path -Destination $case }`,
    ],
    note: 'Variables such as %TEMP% are those of whoever runs this, not of the task’s account.',
  }
}

function account({ account: who, origin }: Target): Step {
  const also = origin === null ? '' : ` It came from ${origin}: that host is to be looked at, too.`
  if (who === null) return { title: titles.account, lines: [], note: `${noAccount}${also}` }
  const lines = who.isLocal
    ? [who.sid === null ? `Disable-LocalUser -Name ${text(who.user)}` : `Disable-LocalUser -SID ${text(who.sid)}`]
    : [
        `Disable-ADAccount -Identity ${text(who.sid ?? who.user)}`,
        `Set-ADAccountPassword -Reset -Identity ${text(who.sid ?? who.user)}`,
      ]
  return {
    title: titles.account,
    lines,
    note: `${who.isLocal ? 'A local account.' : 'On a host with the Active Directory module.'} Sessions that are open go on until they are ended.${also}`,
  }
}
