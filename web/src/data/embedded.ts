import { AnsweringBoard } from '../../../src/report/page/answers/board.ts'
import type { AnswerTo, Question } from '../../../src/report/page/answers/questions.ts'
import { rowsOf } from '../../../src/report/page/rows-of.ts'
import { packedText } from './packed.ts'
import type { FindingJson, Looked, PageCoverage, PageData, PageFinding, Source } from './source.ts'

/** Blocks of findings that are kept unpacked. */
const keptBlocks = 64

/** What lies in the page itself. Rows are there at once; a finding is unpacked when it is wanted. */
export class EmbeddedSource implements Source {
  readonly read: PageData
  readonly #board: AnsweringBoard
  readonly #places: ReadonlyMap<string, number>
  readonly #blocks = new Map<number, Promise<readonly PageFinding[]>>()

  constructor(data: PageData) {
    this.read = data
    const { first, last, hosts } = data.summary
    const span = first === null || last === null ? null : { first: Date.parse(first), last: Date.parse(last) }
    this.#board = new AnsweringBoard({ rows: rowsOf(data.index), hosts, span })
    this.#places = new Map(data.index.ids.map((id, place) => [id, place]))
  }

  get all(): boolean {
    return this.read.all
  }

  get root(): string {
    return this.read.root
  }

  ask<Q extends Question>(question: Q): AnswerTo<Q> {
    return this.#board.answer(question)
  }

  looked(): Looked {
    const { unmet, informational, summary } = this.read
    return { unmet, informational, hasFacts: summary.facts > 0, leftOut: 0 }
  }

  coverage(): PageCoverage {
    return this.read.coverage
  }

  rarity(program: string): { hosts: number; of: number } | null {
    const { programHosts, summary } = this.read
    const hosts = Object.hasOwn(programHosts, program) ? programHosts[program] : undefined
    return hosts === undefined ? null : { hosts, of: summary.hosts.length }
  }

  async finding(id: string): Promise<PageFinding | undefined> {
    const place = this.#places.get(id)
    if (place === undefined) return undefined
    const { blockSize } = this.read
    const block = Math.floor(place / blockSize)
    let findings = this.#blocks.get(block)
    if (!findings) {
      findings = unpackBlock(block)
      this.#blocks.set(block, findings)
      const [oldest] = this.#blocks.keys()
      if (this.#blocks.size > keptBlocks && oldest !== undefined) this.#blocks.delete(oldest)
    }
    return (await findings)[place % blockSize]
  }

  async findings(ids: readonly string[]): Promise<FindingJson[]> {
    const findings: FindingJson[] = []
    for (const id of ids) {
      // The records are the page's own; a finding has the same form everywhere.
      const { records: _, ...told } = (await this.finding(id)) ?? {}
      findings.push(told as FindingJson)
    }
    return findings
  }
}

async function unpackBlock(block: number): Promise<readonly PageFinding[]> {
  const element = document.getElementById(`block-${block}`)
  return element ? (JSON.parse(await packedText(element)) as PageFinding[]) : []
}

export async function embeddedSource(): Promise<Source> {
  const element = document.getElementById('data')
  if (!element) throw new Error('this page was made without data')
  return new EmbeddedSource(JSON.parse(await packedText(element)) as PageData)
}
