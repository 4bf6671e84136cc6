import type { Evidence } from '../../model/chain.ts'
import type { ProcessStarted } from '../../model/fact.ts'
import { commanded } from '../changes/commands.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { HostState } from '../memory/host-state.ts'
import { tie } from '../ties/index.ts'

/** A process began: to which run does it belong, and does its command line ask something of the scheduler. */
export function processStarted(host: HostState, fact: ProcessStarted, evidence: Evidence): void {
  const { node, isNew } = host.processes.start(fact, evidence)
  host.clients.note(node)
  if (node.run) addEvidence(node.run.evidence, evidence)
  else tie(host, node)
  if (isNew && node.command) commanded(host, node, node.command, evidence)
}
