import type { Evidence } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { FileCreated, ModuleLoaded } from '../../model/fact.ts'
import { momentOf } from '../../model/time.ts'
import { inboxTask } from '../../model/windows/inbox/index.ts'
import type { HostMemory, Noted } from '../memory/host-memory.ts'
import { keep } from '../memory/kept.ts'
import type { ProcessNode, UnsignedModule } from '../nodes.ts'
import { actorOf, nobody, recordsOf } from '../processes/actor.ts'
import { limits } from '../settings.ts'
import type { Found, Story } from './story.ts'

export const isLibrary = ({ path, task }: FileCreated): boolean => task === null && /\.dll$/i.test(path)

/** A library was written. One in a folder of Windows, from which its own programs load, tells more than any other. */
export function noteLibrary({ libraries }: HostMemory, noted: Noted<FileCreated>): void {
  keep(libraries, noted, {
    most: limits.circumstances,
    kindOf: ({ fact }) => fact.path.toLowerCase(),
    isTelling: ({ fact }) => /^c:\\windows\\/i.test(fact.path),
  })
}

/** A process loaded a library that nobody has signed. */
export function noteUnsigned(node: ProcessNode | null, fact: ModuleLoaded, evidence: Evidence): void {
  if (!node || (node.unsigned?.length ?? 0) >= limits.unsignedModules) return
  node.unsigned ??= []
  const path = fact.module
  if (!node.unsigned.some((one) => one.path === path)) node.unsigned.push({ path, at: momentOf(fact), evidence })
}

/** Libraries that a run of one of Windows' own tasks loaded and nobody has signed: Windows signs all of its own. Each is told once. */
export function plantedModules({ libraries }: HostMemory, { path, runs }: Story): Found[] {
  if (path === null || inboxTask(path) === undefined) return []
  const found = new Map<string, Found>()
  for (const { members } of runs) {
    for (const { node } of members) {
      for (const module of node?.unsigned ?? []) {
        const key = module.path.toLowerCase()
        if (node && !found.has(key)) found.set(key, planted(module, node, writtenBefore(libraries.items, module)))
      }
    }
  }
  return [...found.values()]
}

const writtenBefore = (libraries: readonly Noted<FileCreated>[], { path, at }: UnsignedModule) =>
  libraries.findLast(({ fact }) => fact.time <= at.time && fact.path.toLowerCase() === path.toLowerCase())

function planted(
  { path, at, evidence }: UnsignedModule,
  { image, pid }: ProcessNode,
  written: Noted<FileCreated> | undefined,
): Found {
  const since = written ? momentOf(written.fact) : at
  return {
    time: since.time,
    evidence: [evidence, ...(written ? [written.evidence, ...recordsOf(written.node)] : [])],
    circumstance: () => ({
      kind: 'module-planted',
      ...since,
      what: `${path}, which nobody has signed, loaded by ${imageName(image)} (${pid})`,
      actor: actorOf(
        written
          ? { ...nobody, node: written.node, stated: { pid: written.fact.pid, image: written.fact.image } }
          : nobody,
      ),
    }),
  }
}
