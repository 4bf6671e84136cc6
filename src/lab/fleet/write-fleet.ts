import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type CarrierWriter, everyWriter } from '../carriers/index.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { hiveBytes } from '../hive-writer/hive-writer.ts'
import { cachedTask, softwareRoot } from '../hive-writer/task-cache.ts'
import type { TaskService } from '../host/task-service.ts'
import { cachedTriggers } from '../host/task-triggers.ts'
import { taskXml } from '../host/task-xml.ts'
import type { HostPlan } from './host-plan.ts'
import { logFileName, logFiles } from './log-files.ts'
import { type FleetOutput, type FleetSpec, makeFleet } from './make-fleet.ts'

/** The forms in which a fleet can be written. */
export const fleetFormats: readonly string[] = ['evtx', 'forwarded', ...everyWriter.map(({ name }) => name)]

/** Makes a fleet and writes it as triage collections would lie, or as JSON lines, with `truth.json`. Returns the number of records. */
export function writeFleet(
  spec: FleetSpec,
  folder: string,
  onHost: (written: number) => void = () => {},
): { records: number; hosts: number } {
  const carrier = everyWriter.find(({ name }) => name === spec.format)
  mkdirSync(folder, { recursive: true })
  let written = 0
  const counting = (output: FleetOutput): FleetOutput => ({
    ...output,
    end(host, tasks) {
      output.end(host, tasks)
      onHost(++written)
    },
  })
  const truth =
    spec.format === 'forwarded'
      ? forward(spec, folder, counting)
      : makeFleet(spec, counting(carrier ? jsonOutput(folder, carrier) : collectionOutput(folder)))
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`)
  return { records: truth.files.reduce((sum, { events }) => sum + events, 0), hosts: truth.files.length }
}

/** As a collector of forwarded events has them: all hosts and channels in one log, in the order in which they arrived. */
function forward(
  spec: FleetSpec,
  folder: string,
  watched: (output: FleetOutput) => FleetOutput,
): ReturnType<typeof makeFleet> {
  const logs = logFiles(() => join(folder, 'ForwardedEvents.evtx'))
  const { events } = logs
  // one log for all: what was forwarded is safe when a host clears its own
  const output: FleetOutput = {
    cleared() {},
    events: (host, _, all) => events(host, 'ForwardedEvents', all),
    end() {},
  }
  const truth = makeFleet(spec, watched(output))
  logs.close()
  return truth
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

/** `HOST/Windows/System32/…`: logs, task files and the SOFTWARE hive. */
function collectionOutput(folder: string): FleetOutput {
  const pathOf = (host: HostPlan, ...parts: string[]) => join(folder, host.name, 'Windows', ...parts)
  const logs = logFiles((host, channel) => pathOf(host, 'System32', 'winevt', 'Logs', logFileName(channel)))
  return {
    ...logs,
    end(host, tasks) {
      logs.close()
      writeArtifacts(tasks, (...parts) => pathOf(host, ...parts))
    },
  }
}

/** Characters that a file's name cannot have on every system; the lab's own task names have none of them. */
const unsafe = /[<>:"|?*\0]/g

function writeArtifacts(tasks: TaskService, pathOf: (...parts: string[]) => string): void {
  const cached = tasks.registered().map(({ task, id, registered, lastRun, lastResult }) => {
    const bytes = utf16(taskXml(task))
    const path = pathOf('System32', 'Tasks', ...task.path.slice(1).replaceAll(unsafe, '_').split('\\'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    const { action, principal } = task
    return cachedTask({
      path: task.path,
      id,
      registered,
      actions: [
        action.kind === 'exec'
          ? {
              kind: 'exec',
              id: null,
              command: action.command,
              arguments: action.arguments || null,
              workingDirectory: null,
              hideAppWindow: false,
            }
          : { kind: 'com-handler', id: null, classId: action.classId, data: action.data ?? null },
      ],
      triggers: cachedTriggers(task.triggers),
      account: { sid: principal.userId, name: principal.userId === 'S-1-5-18' ? 'SYSTEM' : principal.userId },
      ...(task.author === null ? {} : { author: task.author }),
      ...(lastRun === null ? {} : { lastRun, lastResult }),
      file: bytes,
    })
  })
  const newest = tasks
    .registered()
    .reduce((latest, { registered }) => (registered.time > latest.time ? registered : latest), { time: 0, ticks: 0 })
  const hive = pathOf('System32', 'config', 'SOFTWARE')
  mkdirSync(dirname(hive), { recursive: true })
  writeFileSync(hive, hiveBytes(softwareRoot(cached, newest)))
}

/** One file a host, an event a line, in the order in which a shipper would have sent them. */
function jsonOutput(folder: string, carrier: CarrierWriter): FleetOutput {
  let lines: LabEvent[] = []
  let descriptor: number | null = null
  return {
    cleared() {}, // what was shipped is safe
    events(host, _channel, events) {
      descriptor ??= openSync(join(folder, `${host.name}.json`), 'w')
      lines.push(...events)
      if (lines.length > 20_000) flush()
    },
    end() {
      flush()
      if (descriptor !== null) closeSync(descriptor)
      descriptor = null
    },
  }
  function flush(): void {
    lines.sort((a, b) => a.time.time - b.time.time || a.time.ticks - b.time.ticks)
    if (descriptor !== null) writeSync(descriptor, lines.map((event) => `${carrier.line(event)}\n`).join(''))
    lines = []
  }
}
