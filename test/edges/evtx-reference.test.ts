import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ourLines } from '../../scripts/compare-evtx/decoders.ts'
import { digestOf } from '../../scripts/compare-evtx/digest.ts'

/**
 * What `dump` says of every real file, held against what it said when the independent decoders agreed
 * (scripts/compare-evtx.ts, which also made the JSON file: counts and digests, no data).
 */
interface Reference {
  readonly records: number
  readonly digest: string
  /** Records that another decoder has, too, with the same values but for the differences that the script explains. */
  readonly agreed: Readonly<Record<string, number>>
}

const data = join(import.meta.dirname, '../../../shared/data')
const here = existsSync(data)
const reference: Record<string, Reference> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'evtx-reference.json'), 'utf8'),
)
/** The names in the reference are those of the folders that the script was given. */
const folders = [join(data, 'evtx'), join(data, 'dev'), data]

test.skipIf(!here)('every real file is dumped as when independent decoders agreed (needs ../shared/data)', () => {
  for (const [name, { records, digest }] of Object.entries(reference)) {
    const folder = folders.find((each) => existsSync(join(each, name)))
    const lines = ourLines(join(folder ?? data, name))
    expect({ name, records: lines.length, digest: digestOf(lines) }).toEqual({ name, records, digest })
  }
})

test('nearly every record of the reference was confirmed by another decoder', () => {
  let records = 0
  let confirmed = 0
  for (const file of Object.values(reference)) {
    records += file.records
    confirmed += Math.max(...Object.values(file.agreed))
  }
  expect(records).toBeGreaterThan(39_000)
  // What no other decoder has are records after torn pages, which they do not look for.
  expect(records - confirmed).toBeLessThan(100)
})
