import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from './evtx-bytes.ts'
import { MUTATION_KINDS, type Mutation, mutate, Reader, realChunks, syntheticChunk } from './evtx-mutations.ts'

const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.nat(MUTATION_KINDS - 1),
    at: fc.nat(65_535),
    value: fc.oneof(fc.nat(65_535), fc.integer(), fc.constantFrom(0, -1, 0x21, 0x81, 0x2a2a, 0x0001_010f)),
  }),
  { minLength: 1, maxLength: 12 },
)
const synthetic = syntheticChunk()
/** The synthetic chunk is mostly empty: its changes go where its records are. */
const inside = (list: readonly Mutation[]) => list.map((each) => ({ ...each, at: each.at % 4096, value: each.value }))
const reader = new Reader()
function read(chunk: Buffer): void {
  reader.read(chunk)
  reader.parse()
}

test('the synthetic chunk has every form of record and no damage', () => {
  const { dumped, problems } = decode([synthetic])
  expect(problems).toEqual([])
  expect(dumped.map(({ data, userData }) => data ?? userData)).toEqual([
    { A: 'first', B: '2' },
    { A: 'second "text" \\' },
    { X: { Y: 'z' } },
    { 0: 'one', 1: '', 2: 'three', Binary: '00FF' },
    { C: 'nested' },
  ])
})

test('random bytes are read without harm', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => read(Buffer.from(bytes))))
})

test('random bytes behind a chunk header are read without harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 100, maxLength: 4096 }), (bytes) => {
      const chunk = Buffer.from(synthetic)
      chunk.set(bytes, 512 + 28)
      read(chunk)
    }),
  )
})

test('a mutated chunk is read without harm', () => {
  fc.assert(
    fc.property(mutations, (list) => read(mutate(synthetic, inside(list)))),
    { numRuns: 3000 },
  )
})

test('a chunk that is cut anywhere gives a prefix of its records', () => {
  const whole = decode([synthetic]).dumped
  fc.assert(
    fc.property(fc.nat(4096), (cut) => {
      const { dumped } = decode([synthetic.subarray(0, cut)])
      expect(dumped).toEqual(whole.slice(0, dumped.length))
    }),
  )
})

const real = realChunks(1)
describe.skipIf(real.length === 0)('real chunks (needs ../shared/data)', () => {
  test('a mutated chunk is read without harm', () => {
    fc.assert(
      fc.property(fc.nat(real.length - 1), mutations, (which, list) => {
        read(mutate(real[which] as Buffer, list))
      }),
      { numRuns: 1500 },
    )
  })

  test('what a decoder has read before changes nothing', () => {
    const fresh = (chunks: Buffer[]) => decode(chunks).dumped.length
    const total = real.reduce((sum, chunk) => sum + fresh([chunk]), 0)
    expect(decode(real).dumped.length).toBe(total)
    expect(decode([...real].reverse()).dumped.length).toBe(total)
  })
})
