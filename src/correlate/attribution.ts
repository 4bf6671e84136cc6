import type { Actor, Confidence, Route } from '../model/chain.ts'
import { imageName } from '../model/command-line.ts'
import { nobody } from './actor.ts'
import { asked } from './asked.ts'
import type { ChangeDraft } from './change-draft.ts'
import type { ActorSource, ProcessNode } from './nodes.ts'

export interface Attribution {
  readonly route: Route
  readonly actor: ActorSource
  readonly confidence: Confidence
  /** One sentence. */
  readonly because: string
}

const describe = (node: ProcessNode): string => `${imageName(node.image)} (pid ${node.pid})`

/** The interface that a local client with this image uses. */
function routeOfClient(node: ProcessNode): Route {
  const { command } = node
  // The policy client applies the tasks of group policies.
  if (imageName(node.image) === 'svchost.exe' && / -s gpsvc$/i.test(node.commandLine ?? '')) return 'group-policy'
  return command?.tool === 'schtasks' || command?.tool === 'at' ? command.tool : routeOfImage(node.image)
}

function routeOfImage(image: string | null): Route {
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

/** Through which interface a change was made, by whom, and how that is known. */
export function attribute(change: ChangeDraft): Attribution {
  const { caller, origin } = change
  const remote: Actor['remote'] = origin ? { address: origin.address, host: origin.host } : null
  const user: ActorSource = {
    ...nobody,
    user: caller?.user ?? change.namedUser ?? null,
    sid: caller?.sid ?? null,
    logonId: caller?.logonId ?? null,
    remote,
  }
  if (change.writer) {
    const { node, pid, image, what } = change.writer
    return {
      route: change.witness === 'file' ? 'task-file' : 'registry',
      actor: { ...user, user: change.writer.user ?? user.user, node, stated: { pid, image } },
      confidence: 'certain',
      because: `${image === null ? 'A process' : imageName(image)} (pid ${pid}) ${what} itself, which only the Task Scheduler service does.`,
    }
  }
  if (change.remoteClient) {
    const { node, pid, image, target } = change.remoteClient
    const name = image === null ? 'A process' : imageName(image)
    return {
      route: node ? routeOfClient(node) : routeOfImage(image),
      actor: { ...user, user: change.remoteClient.user, node, stated: { pid, image } },
      confidence: 'weak',
      because: `${name} (pid ${pid}) loaded taskschd.dll and then connected to the endpoint mapper of ${target}: it may have managed tasks there.`,
    }
  }
  if (caller?.clientPid === 0) {
    return {
      route: 'remote-rpc',
      actor: user,
      confidence: origin === null ? 'none' : origin.by === 'session' ? 'certain' : 'strong',
      because: `The audit event has client process id 0, as for a caller on another host${fromWhere(change)}.`,
    }
  }
  if (change.policy && isByPolicy(change)) {
    const { pid, node } = change.policy
    const isNamed = change.client !== null
    const says = isNamed
      ? `, and ${namer(change)} names it as the client`
      : caller
        ? ' for the account that made the change, and nothing else is seen to have made it'
        : ', and nothing else is seen to have made the change'
    return {
      route: 'group-policy',
      actor: { ...user, node: change.client ?? node, stated: { pid, image: null } },
      confidence: isNamed ? 'certain' : caller ? 'strong' : 'weak',
      because: `The policy client (pid ${pid}) was applying scheduled tasks at that moment${says}.`,
    }
  }
  if (change.client) return ofClient(change, change.client, user)
  if (change.tool) return ofTool(change, change.tool, user)
  if (change.script) {
    const { node, pid, sid } = change.script
    return {
      route: 'powershell',
      actor: { ...user, sid: user.sid ?? sid, node, stated: { pid, image: null } },
      confidence: change.witness === 'command' ? 'certain' : 'strong',
      because: `A PowerShell script of process ${pid} asks for this change.`,
    }
  }
  if (change.sessionClient) {
    return {
      route: routeOfClient(change.sessionClient),
      actor: { ...user, node: change.sessionClient },
      confidence: 'strong',
      because: `${describe(change.sessionClient)} belongs to the logon session that made the change, and it talks to the Task Scheduler.`,
    }
  }
  if (caller?.clientPid) {
    return {
      route: 'unknown',
      actor: { ...user, stated: { pid: caller.clientPid, image: null } },
      confidence: 'weak',
      because: `${namer(change)} names process ${caller.clientPid} as the client, but no record shows what that process was.`,
    }
  }
  if (origin) {
    return {
      route: 'remote-rpc',
      actor: user,
      confidence: origin.by === 'session' ? 'certain' : 'strong',
      because: `The change was made in a network logon and no process of that session on this host could have made it${fromWhere(change)}.`,
    }
  }
  if (change.pipe) {
    return {
      route: 'remote-rpc',
      actor: user,
      confidence: 'weak',
      because:
        'Another host had opened the atsvc pipe just before, and no local process is seen to have made the change.',
    }
  }
  if (change.nearClient) {
    return {
      route: routeOfClient(change.nearClient),
      actor: { ...user, node: change.nearClient },
      confidence: 'weak',
      because: `${describe(change.nearClient)} loaded taskschd.dll just before, and no other process did${caller ? ' in the session that made the change, which many services share' : ''}.`,
    }
  }
  return {
    route: 'unknown',
    actor: user,
    confidence: 'none',
    because:
      user.user === null
        ? 'No record says who made this change or through which interface.'
        : `The log names ${user.user} as the user, but no record shows a process or a network logon that made the change.`,
  }
}

/**
 * The policy client was at it for the account that made the change, as far as that is known, and no other process is seen that
 * could have made it: it works as SYSTEM for the computer's policy, for the user's as the user.
 */
export function isByPolicy(change: ChangeDraft): boolean {
  const { policy, caller, namedUser, client, sessionClient, nearClient, tool, script, origin } = change
  if (policy === null || tool !== null || script !== null || origin !== null) return false
  if (caller?.clientPid && client === null) return false
  if ([client, sessionClient, nearClient].some((other) => other !== null && other.pid !== policy.pid)) return false
  if (caller !== null) return caller.sid === null || policy.userSid === null || caller.sid === policy.userSid
  return namedUser === null || policy.userSid !== SYSTEM || isSystem(namedUser)
}

const SYSTEM = 'S-1-5-18'
/** SYSTEM as the scheduler's log names it: by name, or as the machine's own account. */
const isSystem = (user: string): boolean => /(?:^|\\)(?:SYSTEM|[^\\]+\$)$/i.test(user)

function fromWhere({ origin }: ChangeDraft): string {
  if (!origin?.address) return ''
  return origin.by === 'session'
    ? `; its logon came from ${origin.address}`
    : `; the same user's network logon or pipe access at that moment came from ${origin.address}`
}

/** Who names the caller: the audit log writes down what the service was told, a sensor what it made out. */
const namer = ({ caller }: ChangeDraft) => (caller?.namedBy === 'sensor' ? 'The sensor' : 'The audit event')

function ofClient(change: ChangeDraft, client: ProcessNode, user: ActorSource): Attribution {
  const route = routeOfClient(client)
  if (route === 'wmi' && change.script) {
    const { node, pid } = change.script
    return {
      route: 'powershell',
      actor: { ...user, node: node ?? client, stated: { pid, image: null } },
      confidence: 'strong',
      because: `${namer(change)} names ${describe(client)} as the client; a PowerShell script of process ${pid} asked for this task at that moment, and its cmdlets work through WMI.`,
    }
  }
  return {
    route,
    actor: { ...user, node: client },
    confidence: change.caller?.namedBy === 'sensor' ? 'strong' : 'certain',
    because: `${namer(change)} names process ${client.pid} as the client, which was ${imageName(client.image)}.`,
  }
}

function ofTool(change: ChangeDraft, tool: ProcessNode, user: ActorSource): Attribution {
  const route = change.command?.tool ?? routeOfClient(tool)
  const actor = { ...user, node: tool }
  if (change.witness === 'command') {
    return {
      route,
      actor,
      confidence: 'certain',
      because: `The command line of ${describe(tool)} asks for this change; no other record shows that it was carried out.`,
    }
  }
  const fit = asked(change)?.compatible
  if (fit === 'no') {
    return {
      route,
      actor,
      confidence: 'weak',
      because: `The command line of ${describe(tool)} speaks of this task just before the change, but does not ask for what was registered.`,
    }
  }
  const sameSession = change.caller !== null && change.caller.logonId !== null && change.caller.logonId === tool.logonId
  return {
    route,
    actor,
    confidence: 'strong',
    because: [
      `The command line of ${describe(tool)} asks for this change`,
      fit === 'yes' ? ' with just this definition' : '',
      sameSession ? ', and the audit event names the same logon session.' : ' just before it was made.',
    ].join(''),
  }
}
