import { imageName } from '../../model/command-line.ts'
import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { routeOfClient } from './routes.ts'
import { describe, namer, type Rule } from './rule.ts'

/** The audit log or a sensor names the process that called the service, and that process is known. */
export const namedClient: Rule = (change, who) => {
  const client = clueOf(change, 'client')
  if (!client?.node) return undefined
  const { node, namedBy } = client
  const route = routeOfClient(node)
  const script = clueOf(change, 'script')
  if (route === 'wmi' && script) {
    return {
      route: 'powershell',
      actor: { ...who, node: script.node ?? node, stated: { pid: script.pid, image: null } },
      confidence: 'strong',
      because: `${namer(namedBy)} names ${describe(node)} as the client; a PowerShell script of process ${script.pid} asked for this task at that moment, and its cmdlets work through WMI.`,
      evidence: [...recordsOf(node), ...recordsOf(script.node)],
    }
  }
  return {
    route,
    actor: { ...who, node },
    confidence: namedBy === 'sensor' ? 'strong' : 'certain',
    because: `${namer(namedBy)} names process ${node.pid} as the client, which was ${imageName(node.image)}.`,
    evidence: recordsOf(node),
  }
}
