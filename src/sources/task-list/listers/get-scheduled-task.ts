/**
 * PowerShell's Get-ScheduledTask through ConvertTo-Json (with -Depth of 3 or more; with less the actions are names of classes alone) or
 * Export-Clixml. The
 * class of an action or trigger stands in `CimClass`, as a text or an object.
 * Source: https://learn.microsoft.com/powershell/module/scheduledtasks/get-scheduledtask,
 * https://learn.microsoft.com/windows/win32/taskschd/msft-taskexecaction and the other classes
 */
import type { Action, TaskDefinition } from '../../../model/definition.ts'
import { emptyDefinition } from '../../../model/definition.ts'
import { isObject, type JsonObject, own, textOf } from '../../json/json-object.ts'
import { cimSettings, cimTrigger } from '../cim-classes.ts'
import { execOf, handlerOf } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'

const word = (object: JsonObject, name: string) => textOf(own(object, name)) || null

/** A list, or what PowerShell made of one with a single item or put below `value`. */
function listOf(value: unknown): readonly JsonObject[] | null {
  const inside = isObject(value) && Array.isArray(own(value, 'value')) ? own(value, 'value') : value
  const list = Array.isArray(inside) ? inside : [inside]
  return list.every(isObject) ? list : null
}

function actionsOf(row: JsonObject): Action[] | null {
  return (
    listOf(own(row, 'Actions'))?.flatMap((action): Action[] => {
      const command = word(action, 'Execute')
      const classId = word(action, 'ClassId')
      if (command !== null) return [execOf(command, word(action, 'Arguments'), word(action, 'WorkingDirectory'))]
      return classId === null ? [] : [handlerOf(classId)]
    }) ?? null
  )
}

function definitionOf(row: JsonObject, actions: readonly Action[]): TaskDefinition | null {
  const [settings, principal] = [own(row, 'Settings'), own(row, 'Principal')]
  const triggers = own(row, 'Triggers') ? listOf(own(row, 'Triggers')) : []
  if (!isObject(settings) || !isObject(principal) || triggers === null) return null
  const level = word(principal, 'RunLevel')
  return {
    ...emptyDefinition,
    registrationInfo: {
      ...emptyDefinition.registrationInfo,
      author: word(row, 'Author'),
      date: word(row, 'Date'),
      description: word(row, 'Description'),
      source: word(row, 'Source'),
      uri: word(row, 'URI'),
      documentation: word(row, 'Documentation'),
      version: word(row, 'Version'),
      securityDescriptor: word(row, 'SecurityDescriptor'),
    },
    triggers: triggers.flatMap(cimTrigger),
    principals: [
      {
        id: word(principal, 'Id'),
        userId: word(principal, 'UserId'),
        groupId: word(principal, 'GroupId'),
        displayName: word(principal, 'DisplayName'),
        logonType: logonTypes[word(principal, 'LogonType') ?? ''] ?? null,
        runLevel: level === '1' || level === 'Highest' ? 'HighestAvailable' : 'LeastPrivilege',
        processTokenSidType: null,
        requiredPrivileges: [],
      },
    ],
    settings: cimSettings(settings),
    actions,
  }
}

/** By number or name, to the schema's words; a service account has none there. */
const logonTypes: Readonly<Record<string, string>> = {
  '1': 'Password',
  Password: 'Password',
  '2': 'S4U',
  S4U: 'S4U',
  '3': 'InteractiveToken',
  Interactive: 'InteractiveToken',
  '6': 'InteractiveTokenOrPassword',
  InteractiveOrPassword: 'InteractiveTokenOrPassword',
}

/** With ConvertTo-Json the object's class and where it comes from stand among its members. */
function serverOf(row: JsonObject): string | null {
  const system = own(row, 'CimSystemProperties')
  return isObject(system) ? word(system, 'ServerName') : null
}

export const getScheduledTask: Lister = {
  name: 'Get-ScheduledTask',
  needs: ['TaskName', 'TaskPath', 'Actions'],
  task(row) {
    const [name, folder] = [word(row, 'TaskName'), word(row, 'TaskPath')]
    if (name === null || folder === null) return null
    const actions = actionsOf(row)
    const definition = actions === null ? null : definitionOf(row, actions)
    const [settings, principal] = [own(row, 'Settings'), own(row, 'Principal')]
    const state = word(row, 'State')
    const flag = (member: string) => (isObject(settings) ? own(settings, member) : undefined)
    const isEnabled = flag('Enabled') ?? (state === null ? null : state !== '1' && state !== 'Disabled')
    const isHidden = flag('Hidden')
    return {
      ...nothingListed,
      path: `${folder.endsWith('\\') ? folder : `${folder}\\`}${name}`,
      host: word(row, 'PSComputerName') ?? serverOf(row),
      definition,
      actions,
      author: word(row, 'Author'),
      runsAs: isObject(principal) ? (word(principal, 'UserId') ?? word(principal, 'GroupId')) : null,
      isEnabled: typeof isEnabled === 'boolean' ? isEnabled : null,
      isHidden: typeof isHidden === 'boolean' ? isHidden : null,
    }
  },
}
