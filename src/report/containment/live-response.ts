import { cmdText } from './quote.ts'
import { isGone, noAccount, noFiles, noRoots, noTask, pidsAreReused, type Step, titles } from './step.ts'
import type { Target } from './target.ts'

const byScript = 'Live response has no command for it: run the PowerShell way’s lines as a script of the library.'
const notHere = 'Its name cannot be written on this console: run the PowerShell way’s lines as a script of the library.'

/**
 * Commands of a live response session of Microsoft Defender for Endpoint.
 * Source: https://learn.microsoft.com/defender-endpoint/live-response-command-examples
 */
export function liveResponseSteps(target: Target): Step[] {
  const { task, isDeleted, roots, files, channels } = target
  // The console names a task without the root's backslash.
  const name = task === null ? null : cmdText(task.path.slice(1))
  const file = task === null ? null : cmdText(`C:\\Windows\\System32\\Tasks${task.path}`)
  const logs = (channels.length === 0 ? ['Security'] : channels).flatMap((channel) => {
    const path = logFile(channel)
    return path === null ? [] : [`getfile "C:\\Windows\\System32\\winevt\\Logs\\${path}"`]
  })
  const ofTask = task === null ? noTask : name === null ? notHere : isDeleted ? isGone : null
  const quoted = files.map((one) => (one.includes('%') ? null : cmdText(one)))
  return [
    {
      title: titles.keep,
      lines: [
        ...logs,
        ...(name === null ? [] : [`scheduledtasks ${name}`]),
        ...(file === null ? [] : [`getfile ${file}`]),
      ],
      note: ofTask,
    },
    { title: titles.disable, lines: [], note: task === null ? noTask : byScript },
    { title: titles.end, lines: [], note: task === null ? noTask : byScript },
    {
      title: titles.kill,
      lines: roots.flatMap(({ pid }) => [`processes ${pid}`, `remediate process ${pid}`]),
      note:
        roots.length === 0
          ? noRoots
          : `${pidsAreReused} It also deletes the program of the process: leave out Windows’ own.`,
    },
    { title: titles.delete, lines: name === null ? [] : [`remediate scheduledtask ${name}`], note: ofTask },
    {
      title: titles.collect,
      lines: quoted.flatMap((one) => (one === null ? [] : [`getfile ${one}`])),
      note:
        files.length === 0 ? noFiles : quoted.includes(null) ? 'Some names are only to be had with PowerShell.' : null,
    },
    {
      title: titles.account,
      lines: [],
      note:
        target.account === null
          ? noAccount
          : 'Where the account is kept: the portal disables users, and so does PowerShell.',
    },
  ]
}

/** The file of a log, as Windows names it; null for a name that no log has. */
const logFile = (channel: string): string | null =>
  /^[\w .()/-]{1,200}$/.test(channel) ? `${channel.replaceAll('/', '%4')}.evtx` : null
