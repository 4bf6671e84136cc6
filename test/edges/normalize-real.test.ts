import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CHUNK_SIZE, EvtxDecoder, type EvtxDecoderOptions } from '../../src/decode/evtx/index.ts'
import { interests, normalize } from '../../src/normalize/index.ts'

// Real logs lie beside the repository where it is developed and are never part of it.
const evidence = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** What the log says, in its order, as text that can be compared. */
function readings(bytes: Buffer, wanted: EvtxDecoderOptions['interests']): string[] {
  const decoder = new EvtxDecoder({ interests: wanted })
  const found: string[] = []
  for (let offset = 4096, index = 0; offset < bytes.length; offset += CHUNK_SIZE, index++) {
    const place = { file: 'log', source: 0, offset, index }
    const visit = (record: Parameters<typeof normalize>[0]) => {
      const reading = normalize(record, { readDefinition: () => ({ definition: null, problem: null }) })
      if (reading !== null) found.push(JSON.stringify(reading))
    }
    decoder.chunk(bytes.subarray(offset, offset + CHUNK_SIZE), place, visit, () => {})
  }
  return found
}

test.skipIf(!existsSync(evidence))(
  'in real logs nothing is lost by looking at bytes first, and every field can be read',
  () => {
    const files = globSync('{dev,evtx,paired}/**/*.evtx', { cwd: evidence }).sort()
    expect(files.length).toBeGreaterThan(0)
    let facts = 0
    for (const file of files) {
      const bytes = readFileSync(`${evidence}${file}`)
      const found = readings(bytes, interests)
      expect(found, file).toEqual(readings(bytes, 'all'))
      expect(
        found.filter((reading) => reading.startsWith('{"kind":"unreadable"')),
        file,
      ).toEqual([])
      facts += found.length
    }
    expect(facts).toBeGreaterThan(3000)
  },
)
