import type { FindingJson } from '../../../src/report/finding-json.ts'
import type { PageCoverageGroup } from '../../../src/report/page/coverage.ts'
import type { PageData, PageFinding, Row as PageRow } from '../../../src/report/page/data.ts'
import { rowsOf } from '../../../src/report/page/rows-of.ts'
import { packedText } from './packed.ts'

export type { FindingJson, PageCoverageGroup, PageData, PageFinding }

export const severityNames = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type SeverityName = (typeof severityNames)[number]

/** A row with its place in the order of the page: the worst is 0. */
export interface Row extends PageRow {
  readonly number: number
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
    this.rows = rowsOf(data.index).map((row, number) => ({ ...row, number }))
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
