import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { EvtxWriter, fileSink } from '../evtx-writer/evtx-writer.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import type { HostPlan } from './host-plan.ts'
import type { FleetOutput } from './make-fleet.ts'

/** One host's logs as EVTX files, a file for each channel; `has` says which records there are. */
export function logFiles(
  pathOf: (host: HostPlan, channel: string) => string,
  has: (event: LabEvent) => boolean = () => true,
): Omit<FleetOutput, 'end'> & { close(): void } {
  const open = new Map<string, { writer: EvtxWriter; descriptor: number }>()
  return {
    cleared(_host, channel) {
      const file = open.get(channel)
      if (!file) return
      ftruncateSync(file.descriptor)
      file.writer = new EvtxWriter(fileSink(file.descriptor))
    },
    events(host, channel, events) {
      const wanted = events.filter(has)
      if (wanted.length === 0) return
      let file = open.get(channel)
      if (!file) {
        const path = pathOf(host, channel)
        mkdirSync(dirname(path), { recursive: true })
        const descriptor = openSync(path, 'w')
        file = { descriptor, writer: new EvtxWriter(fileSink(descriptor)) }
        open.set(channel, file)
      }
      for (const event of wanted) file.writer.write(event)
    },
    close() {
      for (const { writer, descriptor } of open.values()) {
        writer.end()
        closeSync(descriptor)
      }
      open.clear()
    },
  }
}

/** A channel as Windows names its file. */
export const logFileName = (channel: string): string => `${channel.replaceAll('/', '%4')}.evtx`
