import { collectedLogs } from './collected.ts'

/**
 * A script for a live host. It writes below the folder that is named and nowhere else, and reads by Windows' own tools: `wevtutil epl`
 * exports a log that is open, `reg save` a hive that is in use, robocopy with /B files that nobody may open.
 */
export function* collectByPowershell(): Iterable<string> {
  yield script(collectedLogs.map((log) => `'${log}'`).join(', '))
}

const script = (logs: string): string => `#Requires -RunAsAdministrator
# Collects what tasktrail reads of this host into one zip, and writes to the folder -Out alone: an external disk or a share.
# Read it, then: powershell -ExecutionPolicy Bypass -File collect.ps1 -Out E:\\
param([Parameter(Mandatory = $true)] [string] $Out)
if ([IntPtr]::Size -ne 8 -and [Environment]::Is64BitOperatingSystem) { throw 'run it in the 64-bit PowerShell: the other one is shown other folders' }
$began = (Get-Date).ToUniversalTime()
$place = (Resolve-Path -LiteralPath $Out -ErrorAction Stop).ProviderPath
$kept = Join-Path $place ('tasktrail-{0}-{1}' -f $env:COMPUTERNAME, $began.ToString('yyyyMMddTHHmmssZ'))
$errors = "$kept\\errors.txt"
foreach ($folder in 'Windows\\System32\\winevt\\Logs', 'Windows\\System32\\config', 'Windows\\System32\\Tasks', 'Windows\\Tasks') {
  New-Item -ItemType Directory -Path (Join-Path $kept $folder) -ErrorAction Stop | Out-Null
}

# logs, and how each is set
foreach ($log in ${logs}) {
  wevtutil epl $log ("$kept\\Windows\\System32\\winevt\\Logs\\" + $log.Replace('/', '%4') + '.evtx') 2>> $errors
  wevtutil gl $log 2>> $errors | Out-File -Append -Encoding utf8 "$kept\\log-settings.txt"
}

# audit policy: with numbers, which no language changes, and in words
auditpol /backup "/file:$kept\\auditpol.csv" 2>> $errors | Out-Null
auditpol /get '/category:*' /r 2>> $errors | Out-File -Encoding utf8 "$kept\\auditpol-words.csv"

# tasks: definitions, owners and permissions, old .job files, and the registry's side
robocopy "$env:windir\\System32\\Tasks" "$kept\\Windows\\System32\\Tasks" /E /B /COPY:DAT /DCOPY:T /R:0 /W:0 /NP /NFL /NDL /NJH | Out-File -Append $errors
robocopy "$env:windir\\Tasks" "$kept\\Windows\\Tasks" /E /B /COPY:DAT /DCOPY:T /R:0 /W:0 /NP /NFL /NDL /NJH | Out-File -Append $errors
Get-ChildItem -LiteralPath "$env:windir\\System32\\Tasks", "$env:windir\\Tasks" -Recurse -Force -ErrorAction SilentlyContinue |
  Where-Object { -not $_.PSIsContainer } |
  ForEach-Object {
    $acl = Get-Acl -LiteralPath $_.FullName -ErrorAction SilentlyContinue
    New-Object PSObject -Property @{ File = $_.FullName; Owner = $acl.Owner; Sddl = $acl.Sddl; Created = $_.CreationTimeUtc.ToString('o'); Written = $_.LastWriteTimeUtc.ToString('o') }
  } | Export-Csv -NoTypeInformation -Encoding UTF8 "$kept\\files-of-tasks.csv"
foreach ($hive in 'SOFTWARE', 'SYSTEM') {
  reg save "HKLM\\$hive" "$kept\\Windows\\System32\\config\\$hive" /y 2>> $errors | Out-Null
}

# the host: what it is for, its zone, and how far its clock is off as it knows itself
$system = Get-CimInstance Win32_ComputerSystem
$windows = Get-CimInstance Win32_OperatingSystem
@(
  "computer: $env:COMPUTERNAME", "domain: $($system.Domain)", "domain role: $($system.DomainRole)",
  "windows: $($windows.Caption) $($windows.Version)", "last start: $($windows.LastBootUpTime)",
  "zone: $([TimeZoneInfo]::Local.Id)", "minutes from UTC: $([TimeZoneInfo]::Local.GetUtcOffset((Get-Date)).TotalMinutes)",
  "collected from: $($began.ToString('o'))", "collected until: $((Get-Date).ToUniversalTime().ToString('o'))"
) | Out-File -Encoding utf8 "$kept\\host.txt"
w32tm /query /status /verbose 2>> $errors | Out-File -Encoding utf8 "$kept\\clock.txt"

# sums of all, one zip of it, and the sum of that
$files = Get-ChildItem -LiteralPath $kept -Recurse -Force | Where-Object { -not $_.PSIsContainer }
$sums = foreach ($file in $files) {
  '{0}  {1}' -f (Get-FileHash -LiteralPath $file.FullName -Algorithm SHA256).Hash.ToLower(), $file.FullName.Substring($kept.Length + 1).Replace('\\', '/')
}
$sums | Out-File -Encoding ascii "$kept\\SHA256SUMS"
Add-Type -AssemblyName System.IO.Compression.FileSystem -ErrorAction Stop
try { [System.IO.Compression.ZipFile]::CreateFromDirectory($kept, "$kept.zip") }
catch { Write-Error "the zip could not be written, the files are in $($kept): $_"; exit 1 }
Remove-Item -LiteralPath $kept -Recurse -Force
'{0}  {1}' -f (Get-FileHash -LiteralPath "$kept.zip" -Algorithm SHA256).Hash.ToLower(), (Split-Path -Leaf "$kept.zip") | Tee-Object -FilePath "$kept.zip.sha256"
`
