import { escaped, indent } from '../../model/task-xml/xml-text.ts'
import { type LabTaskTrigger, triggerXml } from './task-triggers.ts'

/** A definition in the few forms that the lab uses. `image` is where Windows finds the program. */
export interface LabTask {
  readonly path: string
  readonly author: string | null
  /** Local time without a zone; null as for tasks that set none. */
  readonly date: string | null
  readonly triggers: readonly LabTaskTrigger[]
  readonly principal: {
    readonly id: 'Author' | 'LocalSystem'
    /** SID or name of a user or, where `isGroup` says so, of a group. */
    readonly userId: string
    readonly isGroup?: true
    readonly highest: boolean
    readonly logonType?: 'InteractiveToken'
  }
  /** It is run by automatic maintenance, once in such a time (ISO 8601 duration). */
  readonly maintenance?: string
  readonly hidden?: boolean
  readonly disabled?: boolean
  readonly action: LabAction
}

export type LabAction =
  | { readonly kind: 'exec'; readonly command: string; readonly arguments: string; readonly image: string }
  | { readonly kind: 'com-handler'; readonly classId: string; readonly name: string; readonly data?: string }

/**
 * The XML that 4698 and 4702 carry: UTF-16 by its prolog, CRLF and two spaces as Windows writes it.
 * Source: [MS-TSCH] 2.5; the order of the elements is that of real records of schtasks and impacket.
 */
export function taskXml(task: LabTask): string {
  const { path, author, date, triggers, principal, maintenance, hidden, disabled, action } = task
  const optional = (name: string, value: string | null) =>
    value === null ? '' : `<${name}>${escaped(value)}</${name}>`
  const exec =
    action.kind === 'exec'
      ? `<Exec>${optional('Command', action.command)}${optional('Arguments', action.arguments || null)}</Exec>`
      : `<ComHandler><ClassId>${action.classId}</ClassId>${optional('Data', action.data ?? null)}</ComHandler>`
  const body =
    `<RegistrationInfo>${optional('Date', date)}${optional('Author', author)}${optional('URI', path)}</RegistrationInfo>` +
    `<Triggers>${triggers.map(triggerXml).join('')}</Triggers>` +
    `<Principals><Principal id="${principal.id}">${optional(principal.isGroup ? 'GroupId' : 'UserId', principal.userId)}` +
    optional('LogonType', principal.logonType ?? null) +
    `<RunLevel>${principal.highest ? 'HighestAvailable' : 'LeastPrivilege'}</RunLevel></Principal></Principals>` +
    '<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>' +
    '<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>' +
    '<AllowHardTerminate>true</AllowHardTerminate><AllowStartOnDemand>true</AllowStartOnDemand>' +
    `<Enabled>${disabled ? 'false' : 'true'}</Enabled>` +
    `<Hidden>${hidden ? 'true' : 'false'}</Hidden><ExecutionTimeLimit>PT72H</ExecutionTimeLimit><Priority>7</Priority>` +
    `${maintenance === undefined ? '' : `<MaintenanceSettings><Period>${maintenance}</Period></MaintenanceSettings>`}</Settings>` +
    `<Actions Context="${principal.id}">${exec}</Actions>`
  const root = `<Task version="${maintenance === undefined ? '1.2' : '1.4'}" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">${body}</Task>`
  return `<?xml version="1.0" encoding="UTF-16"?>\r\n${indent(root)}`
}
