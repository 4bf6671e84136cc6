import { mendTable } from './mends.ts'
import { saysOf } from './says.ts'
import { commandsOf } from './steps.ts'
import type { Wanted } from './wanted.ts'

/** A script that switches on what is lacking, on the host that runs it. Settings as they were are kept beside it first. */
export function* mendByPowershell({ mends, sizes }: Wanted): Iterable<string> {
  const steps = mends.map((wanted) => ({ wanted, steps: mendTable[wanted.id].steps }))
  const doable = steps.filter((one) => one.steps.some((step) => commandsOf(step, sizes).apply.length > 0))
  const others = steps.filter((one) => !doable.includes(one))
  if (doable.length === 0) {
    yield '# nothing that can be switched on from PowerShell is lacking\n'
    for (const { wanted } of others) yield* note(wanted.id)
    return
  }
  const kinds = new Set(doable.flatMap((one) => one.steps.map(({ kind }) => kind)))
  yield '#Requires -RunAsAdministrator\n'
  yield '# Switches on what tasktrail needs to see scheduled tasks, and changes nothing else. Read it, then run it on each host that lacks it.\n'
  yield '# Settings that a group policy sets come back as the policy has them: see --mend gpo.\n'
  yield kinds.has('forward') ? "param([ValidatePattern('^[A-Za-z0-9.-]*$')] [string] $Collector = '')\n" : 'param()\n'
  yield '$kept = Join-Path (Get-Location).Path ("tasktrail-before-$env:COMPUTERNAME-" + (Get-Date -Format yyyyMMdd-HHmmss))\n'
  yield 'New-Item -ItemType Directory -Path $kept | Out-Null\n'
  if (kinds.has('audit')) {
    yield '# undo of all audit settings, as they were: auditpol /restore "/file:FOLDER\\audit.csv"\n'
    yield 'auditpol /backup "/file:$kept\\audit.csv"\n'
  }
  const logs = new Set([
    ...(kinds.has('log-size') ? sizes.keys() : []),
    ...doable.flatMap((one) => one.steps.flatMap((step) => (step.kind === 'log' ? [step.channel] : []))),
  ])
  for (const log of logs) yield `wevtutil gl "${log}" 2>$null | Out-File -Append "$kept\\logs.txt"\n`
  for (const { wanted, steps: own } of doable) {
    yield '\n'
    for (const line of saysOf(wanted)) yield `# ${line}\n`
    const commands = own.map((step) => commandsOf(step, sizes))
    for (const undo of commands.flatMap((one) => one.undo)) yield `# undo: ${undo}\n`
    for (const line of commands.flatMap((one) => one.apply)) yield `${line}\n`
  }
  if (others.length > 0) yield '\n'
  for (const { wanted } of others) yield* note(wanted.id)
}

function* note(id: string): Iterable<string> {
  yield `# ${id}: by a configuration of Sysmon (--mend sysmon)\n`
}
