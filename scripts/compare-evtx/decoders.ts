import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { EvtxDecoder } from '../../src/decode/evtx/index.ts'
import { JsonLines } from '../../src/decode/evtx/json-lines.ts'
import { readEvtxFile } from '../../src/sources/evtx-file.ts'
import { type Flat, flattenJson, flattenXml } from './flatten.ts'
import { eventsOf } from './xml.ts'

/** Another decoder of EVTX files: prints every record of a file that it can read. */
export interface Decoder {
  readonly name: string
  records(path: string): Flat[]
}

/** Prints each record on its own, so that one that python-evtx cannot render does not cost the rest. */
const PYTHON = `
import sys, Evtx.Evtx
sys.stdout.reconfigure(errors='surrogatepass')
with Evtx.Evtx.Evtx(sys.argv[1]) as log:
    for chunk in log.chunks():
        try:
            for record in chunk.records():
                try:
                    print(record.xml())
                except Exception as error:
                    print('lost:', type(error).__name__, file=sys.stderr)
        except Exception as error:
            print('lost the rest of a chunk:', type(error).__name__, file=sys.stderr)
`

export const evtxexport: Decoder = {
  name: 'evtxexport',
  records: (path) => xmlOf('evtxexport', ['-f', 'xml', path]),
}

export function evtxDump(program: string): Decoder {
  return { name: 'evtx_dump', records: (path) => xmlOf(program, ['-t', '1', '-o', 'xml', path]) }
}

export function pythonEvtx(program: string): Decoder {
  return { name: 'python-evtx', records: (path) => xmlOf(program, ['-c', PYTHON, path]) }
}

function xmlOf(program: string, args: string[]): Flat[] {
  const { stdout, error } = spawnSync(program, args, { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] })
  if (error) throw error
  return [...eventsOf(stdout.toString('utf8'))].map(flattenXml)
}

/** What `tasktrail dump` prints of a file. */
export function ourLines(path: string): string[] {
  const lines = new JsonLines()
  const decoder = new EvtxDecoder({ interests: 'all' })
  readEvtxFile(decoder, { path, name: path, source: 0 }, { visit: (record) => lines.write(record), report: () => {} })
  return lines.bytes().toString('utf8').split('\n').slice(0, -1)
}

export function ourRecords(path: string): Flat[] {
  return ourLines(path).map((line) => flattenJson(JSON.parse(line)))
}

export function isEvtx(path: string): boolean {
  return path.endsWith('.evtx') && readFileSync(path).subarray(0, 7).toString('latin1') === 'ElfFile'
}
