import { expect, test } from 'vitest'
import { EvtxDecoder, JsonLines } from '../../src/decode/evtx/index.ts'
import { recordJson } from '../../src/decode/evtx/json-tree.ts'
import { realChunks, syntheticChunk } from './evtx-mutations.ts'

/** Every line as it is written straight from the bytes, held against the one by way of the record's whole XML. */
function compare(chunks: readonly Buffer[]): { same: number; different: string[]; damaged: number } {
  const decoder = new EvtxDecoder({ interests: 'all' })
  const lines = new JsonLines()
  const result = { same: 0, different: [] as string[], damaged: 0 }
  for (const chunk of chunks) {
    decoder.chunk(
      chunk,
      { file: 'test', source: 0, index: 0, offset: 0 },
      (record) => {
        lines.clear()
        lines.write(record)
        const fast = lines.bytes().toString('utf8').slice(0, -1)
        if (record.damage !== null) result.damaged += 1
        else if (fast === recordJson(record)) result.same += 1
        else result.different.push(`${fast}\n${recordJson(record)}`)
      },
      () => {},
    )
  }
  return result
}

test('the quick way to a JSON line gives what the whole XML gives: synthetic records', () => {
  expect(compare([syntheticChunk()])).toEqual({ same: 5, different: [], damaged: 0 })
})

const real = realChunks(Number.POSITIVE_INFINITY)
test.skipIf(real.length === 0)(
  'the quick way gives what the whole XML gives: every real record (needs ../shared/data)',
  () => {
    const { same, different, damaged } = compare(real)
    expect(different.slice(0, 3)).toEqual([])
    expect(same).toBeGreaterThan(39_000)
    expect(damaged).toBeLessThan(50)
  },
)
