import type { FindingJson } from '../../../src/report/finding-json.ts'
import type { PageCoverageGroup } from '../../../src/report/page/coverage.ts'
import type { PageData, PageFinding } from '../../../src/report/page/data.ts'
import { packedText } from './packed.ts'

export type { FindingJson, PageCoverageGroup, PageData, PageFinding }

export const severityNames = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type SeverityName = (typeof severityNames)[number]

/** What a list shows of a finding, and what it is found by. */
export interface Row {
  /** Its place in the order of the page: the worst is 0. */
  readonly number: number
  readonly id: string
  readonly kind: string
  readonly host: string
  readonly title: string
  readonly gist: string
  readonly severity: number
  /** Of all, and of its three parts. */
  readonly bits: number
  readonly parts: readonly [change: number, ran: number, around: number]
  readonly time: number | null
  readonly end: number | null
  readonly verdict: string
  readonly change: string | null
  readonly route: string | null
  readonly user: string | null
  readonly origin: string | null
  readonly target: string | null
  readonly action: string | null
  readonly definition: string | null
  readonly programs: readonly string[]
  readonly hashes: readonly string[]
  /** The number of the first finding whose story is the same. */
  readonly alike: number
}

/** Blocks of findings that are kept unpacked. */
const keptBlocks = 64

/** All that the page knows. Rows are there at once; a finding is unpacked when it is wanted. */
export class Store {
  readonly data: PageData
  readonly rows: readonly Row[]
  readonly #byId = new Map<string, number>()
  readonly #blocks = new Map<number, Promise<readonly PageFinding[]>>()

  constructor(data: PageData) {
    this.data = data
    const { index } = data
    const textOf = (number: number | undefined): string | null => index.texts[number ?? -1] ?? null
    this.rows = index.ids.map((id, number): Row => {
      const [change = 0, ran = 0, around = 0] = index.bits[number] ?? []
      return {
        number,
        id,
        kind: textOf(index.kinds[number]) ?? '',
        host: textOf(index.hosts[number]) ?? '',
        title: textOf(index.titles[number]) ?? '',
        gist: textOf(index.gists[number]) ?? '',
        severity: index.severities[number] ?? 0,
        bits: (change + ran + around) / 10,
        parts: [change / 10, ran / 10, around / 10],
        time: index.times[number] ?? null,
        end: index.ends[number] ?? null,
        verdict: textOf(index.verdicts[number]) ?? '',
        change: textOf(index.changes[number]),
        route: textOf(index.routes[number]),
        user: textOf(index.users[number]),
        origin: textOf(index.origins[number]),
        target: textOf(index.targets[number]),
        action: textOf(index.actions[number]),
        definition: textOf(index.definitions[number]),
        programs: (index.programs[number] ?? []).map((program) => textOf(program) ?? ''),
        hashes: (index.hashes[number] ?? []).map((hash) => textOf(hash) ?? ''),
        alike: index.alike[number] ?? number,
      }
    })
    for (const { id, number } of this.rows) this.#byId.set(id, number)
  }

  rowOf(id: string): Row | undefined {
    return this.rows[this.#byId.get(id) ?? -1]
  }

  /** Names of hosts that the scan read, findings or none. */
  get hosts(): readonly string[] {
    return this.data.summary.hosts
  }

  async finding(number: number): Promise<PageFinding | undefined> {
    const { blockSize } = this.data
    const block = Math.floor(number / blockSize)
    let findings = this.#blocks.get(block)
    if (!findings) {
      findings = unpackBlock(block)
      this.#blocks.set(block, findings)
      const [oldest] = this.#blocks.keys()
      if (this.#blocks.size > keptBlocks && oldest !== undefined) this.#blocks.delete(oldest)
    }
    return (await findings)[number % blockSize]
  }
}

async function unpackBlock(block: number): Promise<readonly PageFinding[]> {
  const element = document.getElementById(`block-${block}`)
  return element ? (JSON.parse(await packedText(element)) as PageFinding[]) : []
}

export async function loadStore(): Promise<Store> {
  const element = document.getElementById('data')
  if (!element) throw new Error('this page was made without data')
  return new Store(JSON.parse(await packedText(element)) as PageData)
}
