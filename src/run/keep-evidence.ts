import { createHash } from 'node:crypto'
import type { Evidence } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { Problem } from '../model/problem.ts'
import { formatInstant } from '../model/time.ts'
import { interests } from '../normalize/index.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { findInputs, type Input } from '../sources/inputs.ts'
import { bytesOf, type Original, readOriginals, recordKey } from '../sources/originals.ts'
import type { StandardInput } from '../sources/standard-input.ts'
import { EvidenceFolder, evtxHeader, type KeptFile } from '../stores/evidence-folder.ts'

/** The form of the folder's manifest. */
export const evidenceSchema = 'tasktrail.evidence/1'

/** Records of one finding that are kept: a story that needs more is told by these. */
const mostRecords = 2_000
/** Records of one input that nothing tells apart: the same number twice, or none and the same moment. */
const mostAlike = 8
/** Chunks of one event log that are kept: 64 MiB. */
const mostChunks = 1_024
/** A task's file or a list of tasks of more than this is named by its hash alone, as a hive is. */
const largestArtifact = 8 << 20

/** Endings of copies, by what an input is; of all others only the hash is kept. */
const artifactEndings: Readonly<Record<string, string>> = {
  'task-xml': 'xml',
  job: 'job',
  'task-list': 'txt',
  'registry-export': 'reg',
}

export interface KeepWanted {
  readonly paths: readonly string[]
  readonly source: ForcedKind | null
  readonly followLinks: boolean
  readonly standardInput: StandardInput | null
  readonly temporary: { file(label: string): string }
  /** The names of the scan's inputs, which evidence names by index. */
  readonly inputs: readonly string[]
  /** The findings, each with its JSON. */
  readonly findings: readonly { readonly scored: ScoredChain; readonly json: string }[]
}

export interface KeptEvidence {
  readonly records: number
  /** Evidence of which the record was not found again, or is more than is kept. */
  readonly missing: number
  /** Of the list of all sums. */
  readonly sha256: string
  readonly problems: readonly Problem[]
}

/**
 * Writes for each finding the records that prove it, decoded and as they lie in their inputs, which are read once more for it; with
 * the hashes of these inputs and of all that was written.
 */
export async function keepEvidence(root: string, wanted: KeepWanted): Promise<KeptEvidence> {
  const { inputs } = await findInputs(wanted.paths, {
    standardInput: wanted.standardInput,
    forced: wanted.source,
    followLinks: wanted.followLinks,
    temporary: wanted.temporary,
  })
  const byName = new Map(inputs.map((input) => [input.name, input]))
  const folder = new EvidenceFolder(root)
  const problems: Problem[] = []
  const sources = [
    ...new Set(wanted.findings.flatMap(({ scored }) => scored.chain.evidence.map(({ source }) => source))),
  ]
  const keepers: InputKeeper[] = []
  for (const source of sources.sort((a, b) => a - b)) {
    const name = wanted.inputs[source] ?? ''
    const keeper = new InputKeeper(keepers.length + 1, { name, source, input: byName.get(name) ?? null }, folder)
    keepers.push(keeper)
    await keeper.read(
      wanted.findings.map(({ scored }) => scored),
      (problem) => problems.push(problem),
    )
  }
  const bySource = new Map(keepers.map((keeper) => [keeper.of.source, keeper]))
  const told = wanted.findings.map((finding) => keepFinding(finding, bySource, folder))
  folder.write('README.txt', readme)
  const manifest = {
    schema: evidenceSchema,
    inputs: keepers.map((keeper) => keeper.told()),
    findings: told,
    files: folder.files satisfies KeptFile[],
  }
  folder.write('manifest.json', `${JSON.stringify(manifest, null, 1)}\n`)
  return {
    records: told.reduce((sum, { records }) => sum + records, 0),
    missing: told.reduce((sum, { missing }) => sum + missing, 0),
    sha256: folder.seal(),
    problems,
  }
}

const readme = `Evidence of scheduled tasks, kept by tasktrail scan --evidence.

findings/ID/finding.json   the finding
findings/ID/records.jsonl  the records that prove it, decoded, each with its place in its input and the SHA-256 of its bytes
findings/ID/N-ID.bin       the bytes of such a record as input N has them (.txt where the input is text)
inputs/N.evtx              the chunks of the event log N that hold these records, byte for byte, behind a header of our own:
                           a log that event viewers open
inputs/N.*                 a task's file or a list of tasks, byte for byte
manifest.json              the inputs with their SHA-256, the findings, and every file
SHA256SUMS                 for sha256sum -c
`

/** A record of one input that was found again. */
interface Kept extends Original {
  readonly sha256: string
  readonly inChunk: number | null
}

/** What is kept of one input. */
class InputKeeper {
  readonly number: number
  readonly of: { readonly name: string; readonly source: number; readonly input: Input | null }
  readonly records = new Map<string, Kept[]>()
  readonly #folder: EvidenceFolder
  readonly #chunks: { readonly offset: number; readonly bytes: Buffer }[] = []
  #bytes = 0
  #sha256: string | null = null
  #copy: string | null = null

  constructor(number: number, of: InputKeeper['of'], folder: EvidenceFolder) {
    this.number = number
    this.of = of
    this.#folder = folder
  }

  async read(findings: readonly ScoredChain[], report: (problem: Problem) => void): Promise<void> {
    const { input, source } = this.of
    if (input === null) return
    const wanted = new Set<string>()
    for (const { chain } of findings)
      for (const one of chain.evidence.slice(0, mostRecords))
        if (one.source === source && one.artifact === undefined) wanted.add(recordKey(one))
    await this.#hash(input, report)
    if (wanted.size > 0)
      await readOriginals(input, { source, wanted, interests }, { take: (one) => this.#keep(one), report })
    const last = this.#chunks.at(-1)
    if (last) {
      this.#copy = `inputs/${this.number}.evtx`
      this.#folder.write(this.#copy, evtxHeader(this.#chunks.length, last.bytes))
      for (const { bytes } of this.#chunks) this.#folder.write(this.#copy, bytes)
    }
  }

  #keep(original: Original): void {
    const { chunk } = original
    if (chunk && this.#chunks.at(-1)?.offset !== chunk.offset && this.#chunks.length < mostChunks)
      this.#chunks.push({ offset: chunk.offset, bytes: Buffer.from(chunk.bytes) })
    const inChunk = chunk && this.#chunks.at(-1)?.offset === chunk.offset ? this.#chunks.length - 1 : null
    const sha256 = createHash('sha256').update(original.bytes).digest('hex')
    const others = this.records.get(original.key)
    const kept = { ...original, chunk: null, sha256, inChunk }
    if (others) {
      if (others.length < mostAlike) others.push(kept)
    } else this.records.set(original.key, [kept])
  }

  /** The input's hash, and where it is an artifact its copy. */
  async #hash(input: Input, report: (problem: Problem) => void): Promise<void> {
    const hash = createHash('sha256')
    const ending = artifactEndings[input.kind]
    const pieces: Buffer[] = []
    try {
      for await (const block of bytesOf(input)) {
        hash.update(block)
        this.#bytes += block.length
        if (ending !== undefined && this.#bytes <= largestArtifact) pieces.push(Buffer.from(block))
      }
    } catch (error) {
      const reason = `its SHA-256 is of what could be read of it: ${error instanceof Error ? error.message : String(error)}`
      report({ file: input.name, offset: null, chunk: null, code: 'cannot-read', reason })
    }
    this.#sha256 = hash.digest('hex')
    if (ending === undefined || this.#bytes > largestArtifact) return
    this.#copy = `inputs/${this.number}.${ending}`
    this.#folder.write(this.#copy, Buffer.concat(pieces))
  }

  told(): object {
    const { name, input } = this.of
    return {
      number: this.number,
      name,
      bytes: this.#bytes,
      sha256: this.#sha256,
      isMember: input?.packed != null,
      copy: this.#copy,
      chunks: this.#chunks.map(({ offset }) => offset),
    }
  }
}

function keepFinding(
  { scored, json }: KeepWanted['findings'][number],
  inputs: ReadonlyMap<number, InputKeeper>,
  folder: EvidenceFolder,
) {
  const { chain, score } = scored
  const place = `findings/${folderName(chain.id)}`
  folder.write(`${place}/finding.json`, `${json}\n`)
  let records = 0
  let missing = 0
  const lines: string[] = []
  const written = new Set<string>()
  chain.evidence.forEach((evidence, index) => {
    const input = inputs.get(evidence.source)
    const all =
      (index < mostRecords && evidence.artifact === undefined && input?.records.get(recordKey(evidence))) || []
    if (all.length === 0 && evidence.artifact === undefined) missing++
    if (all.length === 0) lines.push(JSON.stringify(toldEvidence(evidence, input ?? null)))
    all.forEach((kept, copy) => {
      records++
      const ending = kept.inChunk === null && typeof kept.decoded === 'string' ? 'txt' : 'bin'
      const name = `${input?.number ?? 0}-${evidence.recordId}${copy === 0 ? '' : `-${copy}`}-${kept.position}.${ending}`
      if (!written.has(name)) folder.write(`${place}/${name}`, kept.bytes)
      written.add(name)
      lines.push(
        JSON.stringify({
          ...toldEvidence(evidence, input ?? null),
          ...{
            position: kept.position,
            bytes: kept.bytes.length,
            sha256: kept.sha256,
            file: name,
            inChunk: kept.inChunk,
          },
          decoded: kept.decoded,
        }),
      )
    })
  })
  folder.write(`${place}/records.jsonl`, lines.map((line) => `${line}\n`).join(''))
  return { id: chain.id, folder: place, host: chain.host, severity: score.severity, records, missing }
}

const toldEvidence = (evidence: Evidence, input: InputKeeper | null): object => ({
  input: input?.number ?? null,
  ...(evidence.artifact === undefined
    ? { channel: evidence.channel, eventId: evidence.eventId, recordId: evidence.recordId }
    : { artifact: evidence.artifact }),
  time: evidence.time === 0 ? null : formatInstant(evidence),
})

/** An id is hexadecimal; whatever else it were becomes so. */
const folderName = (id: string): string =>
  /^[0-9a-f]{8,64}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 16)
