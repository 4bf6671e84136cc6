import { EvtxDecoder } from '../decode/evtx/index.ts'
import type { OpenReader, RecordReader } from '../engine/ports.ts'
import { readEvtx } from './evtx-file.ts'
import { cannotRead } from './reason.ts'

/** Reads EVTX files and parts of them; compiled templates are kept from one to the next. */
export const openEvtxReader: OpenReader = (interests, look): RecordReader => {
  const decoder = new EvtxDecoder({ interests, look })
  return {
    async read(unit, visit, report, progress) {
      let bytes = 0
      try {
        const input = {
          path: unit.path,
          name: unit.name,
          source: unit.source,
          packed: unit.packed ?? null,
          range: { from: unit.from, to: unit.to },
        }
        const tally = await readEvtx(decoder, input, {
          visit,
          report,
          progress: (read) => {
            bytes += read
            progress(read, 0)
          },
        })
        return { records: tally.records, bytes: tally.bytes }
      } catch (error) {
        report(cannotRead(unit.name, error))
        return { records: 0, bytes }
      }
    },
  }
}
