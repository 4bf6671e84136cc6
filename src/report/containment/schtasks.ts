import { cmdText } from './quote.ts'
import { isGone, noAccount, noFiles, noRoots, noTask, pidsAreReused, type Step, titles } from './step.ts'
import type { Target } from './target.ts'

const folder = '%SystemDrive%\\tasktrail-case'
const notInCmd = 'Its name holds what cmd.exe would take for its own: use PowerShell for this step.'

export function schtasksSteps(target: Target): Step[] {
  const { task, isDeleted } = target
  const path = task === null ? null : cmdText(task.path)
  const ofTask = (title: string, line: (quoted: string) => string): Step => {
    if (task === null) return { title, lines: [], note: noTask }
    if (path === null) return { title, lines: [], note: notInCmd }
    return { title, lines: [line(path)], note: isDeleted ? isGone : null }
  }
  return [
    keep(target, path),
    ofTask(titles.disable, (quoted) => `schtasks /Change /TN ${quoted} /DISABLE`),
    ofTask(titles.end, (quoted) => `schtasks /End /TN ${quoted}`),
    kill(target),
    ofTask(titles.delete, (quoted) => `schtasks /Delete /TN ${quoted} /F`),
    collect(target),
    account(target),
  ]
}

function keep({ task, channels, isDeleted }: Target, path: string | null): Step {
  const logs = channels.length === 0 ? ['Security', 'Microsoft-Windows-TaskScheduler/Operational'] : channels
  const lines = [`mkdir "${folder}"`]
  for (const log of logs) {
    const quoted = cmdText(log)
    if (quoted !== null) lines.push(`wevtutil epl ${quoted} "${folder}\\${log.replaceAll(/[^\w.-]/g, '_')}.evtx"`)
  }
  lines.push(
    `reg export "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache" "${folder}\\TaskCache.reg" /y`,
  )
  if (path !== null) lines.push(`schtasks /Query /TN ${path} /XML > "${folder}\\task.xml"`)
  return { title: titles.keep, lines, note: task !== null && path === null ? notInCmd : isDeleted ? isGone : null }
}

function kill({ roots }: Target): Step {
  if (roots.length === 0) return { title: titles.kill, lines: [], note: noRoots }
  const lines = roots.flatMap(({ pid }) => [`tasklist /V /FI "PID eq ${pid}"`, `taskkill /PID ${pid} /T /F`])
  return { title: titles.kill, lines, note: `${pidsAreReused} Look at each before it is ended.` }
}

function collect({ files }: Target): Step {
  if (files.length === 0) return { title: titles.collect, lines: [], note: noFiles }
  const quoted = files.map(cmdText)
  const lines = quoted.flatMap((file) =>
    file === null ? [] : [`certutil -hashfile ${file} SHA256`, `copy /B ${file} "${folder}\\"`],
  )
  return {
    title: titles.collect,
    lines,
    note: quoted.includes(null) ? 'Some names are only to be had with PowerShell.' : null,
  }
}

function account({ account: who, origin }: Target): Step {
  const also = origin === null ? '' : ` It came from ${origin}: that host is to be looked at, too.`
  if (who === null) return { title: titles.account, lines: [], note: `${noAccount}${also}` }
  const name = cmdText(who.user)
  if (name === null) return { title: titles.account, lines: [], note: notInCmd }
  return {
    title: titles.account,
    lines: [
      `net user ${name} /ACTIVE:NO${who.isLocal ? '' : ' /DOMAIN'}`,
      `net user ${name} *${who.isLocal ? '' : ' /DOMAIN'}`,
    ],
    note: `Sessions that are open go on until they are ended.${also}`,
  }
}
