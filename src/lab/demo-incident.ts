import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { domainController } from './demo/domain-controller.ts'
import { WS5_ADDRESS } from './demo/example-network.ts'
import { fileServer } from './demo/file-server.ts'
import { workstation } from './demo/workstation.ts'
import { EvtxWriter, fileSink } from './evtx-writer/evtx-writer.ts'
import type { LabEvent } from './evtx-writer/lab-event.ts'
import type { Host } from './host/host.ts'
import type { TaskService } from './host/task-service.ts'
import { Random } from './random.ts'
import { type Change, type HostTruth, manifest, truthEntry } from './truth.ts'

export interface LogFile {
  /** Relative to the incident's folder, with slashes. */
  readonly path: string
  readonly events: readonly LabEvent[]
}

export interface Incident {
  readonly files: readonly LogFile[]
  /** What is true of it, in the form of a labelled set's manifest. */
  readonly truth: ReturnType<typeof manifest>
}

/**
 * Three hosts in three days: a mail's document leaves a task on WS5 that runs as SYSTEM at every logon; from WS5 a command is
 * run on FS01 through a task that lives for a moment; DC01 is quiet. All else on them is ordinary. Always the same bytes.
 */
export function demoIncident(): Incident {
  const ws5 = workstation(new Random(5))
  const fs01 = fileServer(new Random(101))
  const dc01 = domainController(new Random(1))
  const hosts = [
    collect(ws5, 'Mail, document, PowerShell, schtasks: a task as SYSTEM at logon that discovers the domain.', [
      [ws5.attack, {}],
    ]),
    collect(fs01, 'A task made, run and deleted from WS5 over the atsvc pipe, as impacket atexec does it.', [
      [fs01.attack, { remoteSource: WS5_ADDRESS }],
    ]),
    collect(dc01, 'Nothing but ordinary tasks.', []),
  ]
  return {
    files: hosts.flatMap(({ files }) => files),
    truth: manifest(
      'lab-demo',
      hosts.map(({ truth }) => truthEntry(truth)),
    ),
  }
}

/** Writes the incident as a triage collection would lie: `HOST/Windows/System32/winevt/Logs/…`, and `truth.json`. */
export function writeDemo(folder: string): void {
  const { files, truth } = demoIncident()
  for (const { path, events } of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    const descriptor = openSync(file, 'w')
    try {
      const writer = new EvtxWriter(fileSink(descriptor))
      for (const event of events) writer.write(event)
      writer.end()
    } finally {
      closeSync(descriptor)
    }
  }
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`)
}

function collect(
  { host, tasks }: { host: Host; tasks: TaskService },
  description: string,
  attack: readonly (readonly [Change, { remoteSource?: string }])[],
): { files: LogFile[]; truth: HostTruth } {
  const channels = host.logs.take()
  const { ids } = host.logs
  const folder = host.options.name
  const files = [...channels].map(([channel, events]) => ({
    path: `${folder}/Windows/System32/winevt/Logs/${channel.replaceAll('/', '%4')}.evtx`,
    events,
  }))
  const records = files.reduce((sum, { events }) => sum + events.length, 0)
  const { changes } = tasks
  return {
    files,
    truth: { folder, host: host.options.name, description, changes, attack: new Map(attack), ids, records },
  }
}
