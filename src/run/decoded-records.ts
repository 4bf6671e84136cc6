import type { Evidence } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import { interests } from '../normalize/index.ts'
import { findInputs } from '../sources/inputs.ts'
import { readOriginals, recordKey } from '../sources/originals.ts'
import type { KeepWanted } from './keep-evidence.ts'

/** Records of one finding that are decoded: a story that needs more is told by these. */
export const decodedRecords = 200
/** Of all findings, and their bytes in their inputs: what a page holds and a browser opens. */
const most = { records: 50_000, bytes: 48 << 20 }

export type RecordsWanted = Omit<KeepWanted, 'findings'>

/** What a record says, as `dump` tells it; null where it was not found again, or where there are too many. */
export type RecordOf = (evidence: Evidence) => unknown

/** Reads the records that prove these findings once more from their inputs. */
export async function readRecords(findings: readonly ScoredChain[], wanted: RecordsWanted): Promise<RecordOf> {
  const bySource = new Map<number, Set<string>>()
  let records = 0
  for (const { chain } of findings)
    for (const one of chain.evidence.slice(0, decodedRecords)) {
      if (one.artifact !== undefined || records >= most.records) continue
      const known = bySource.get(one.source)
      if (known) known.add(recordKey(one))
      else bySource.set(one.source, new Set([recordKey(one)]))
      records++
    }
  const { standardInput, source: forced, followLinks, temporary } = wanted
  const { inputs } = await findInputs(wanted.paths, { standardInput, forced, followLinks, temporary })
  const byName = new Map(inputs.map((input) => [input.name, input]))
  const decoded = new Map<number, Map<string, unknown>>()
  let bytes = 0
  for (const [source, keys] of bySource) {
    const input = byName.get(wanted.inputs[source] ?? '')
    if (!input) continue
    const own = new Map<string, unknown>()
    decoded.set(source, own)
    const take = (original: { readonly key: string; readonly decoded: unknown; readonly bytes: Buffer }) => {
      bytes += original.bytes.length
      if (bytes <= most.bytes && !own.has(original.key)) own.set(original.key, original.decoded)
    }
    // What could not be read was told when it was read for the first time.
    await readOriginals(input, { source, wanted: keys, interests }, { take, report: () => {} })
  }
  return (one) => (one.artifact === undefined ? (decoded.get(one.source)?.get(recordKey(one)) ?? null) : null)
}
