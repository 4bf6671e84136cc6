import type { Route } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { ProcessNode } from '../nodes.ts'

/** The interface that a local client of the scheduler uses. */
export function routeOfClient(node: ProcessNode): Route {
  const { command } = node
  // The policy client applies the tasks of group policies.
  if (imageName(node.image) === 'svchost.exe' && / -s gpsvc$/i.test(node.commandLine ?? '')) return 'group-policy'
  return command?.tool === 'schtasks' || command?.tool === 'at' ? command.tool : routeOfImage(node.image)
}

/** The interface that a program with this image uses. */
export function routeOfImage(image: string | null): Route {
  switch (imageName(image ?? '')) {
    case 'schtasks.exe':
      return 'schtasks'
    case 'at.exe':
      return 'at'
    case 'powershell.exe':
    case 'pwsh.exe':
    case 'powershell_ise.exe':
      return 'powershell'
    case 'wmiprvse.exe':
    case 'scrcons.exe':
      return 'wmi'
    default:
      return 'com'
  }
}
