import type { Evidence } from '../../model/chain.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { safeJson } from '../clean.ts'
import { findingJson } from '../finding-json.ts'
import { summaryJson } from '../json.ts'
import { placesOf } from '../places.ts'
import { problemText } from '../problem.ts'
import { isFinding, type ScanResult } from '../result.ts'
import { type ReportOptions, shownOf, worstFirst } from '../shown.ts'
import { unmetText } from '../unmet.ts'
import { pageCoverage } from './coverage.ts'
import type { PageData, PageFinding } from './data.ts'
import { pageIndex } from './index-of.ts'
import { hostsOfPrograms } from './row.ts'

/** Where the page's template wants its data. */
export const dataMark = '<!--data-->'

/** Findings that are packed together: a few milliseconds to unpack, and enough of them for packing to pay. */
export const blockSize = 32

export interface PageOptions extends ReportOptions {
  readonly version: string
  /** The page without data, as it is built: two halves around the mark. */
  readonly template: string
  /** Packs a text into base64 of gzip: it is what the page unpacks. */
  readonly pack: (text: string) => string
  /** What a record says, decoded; null where that is not at hand. */
  readonly recordOf?: ((evidence: Evidence) => unknown) | undefined
}

/** Shorter texts are not worth packing, in UTF-16 code units. */
const packedFrom = 4_096

/** The whole result as one page that opens without a network: the template with the data in it. */
export function* htmlPage(result: ScanResult, options: PageOptions): Iterable<string> {
  const chains = worstFirst(shownOf(result, options))
  const [before, after] = options.template.split(dataMark)
  if (before === undefined || after === undefined) throw new Error('the page has no place for its data')
  const blocks = Math.ceil(chains.length / blockSize)
  yield before
  yield element('data', JSON.stringify(pageData(result, chains, options, blocks)), options)
  for (let block = 0; block < blocks; block++) {
    const findings = chains.slice(block * blockSize, (block + 1) * blockSize)
    yield element(`block-${block}`, JSON.stringify(findings.map((one) => pageFinding(one, result, options))), options)
  }
  yield after
}

function pageFinding(scored: ScoredChain, { inputs }: ScanResult, { recordOf }: PageOptions): PageFinding {
  const finding = findingJson(scored, inputs)
  if (recordOf === undefined) return finding
  const records = scored.chain.evidence.map(recordOf)
  return records.some((one) => one !== null) ? { ...finding, records } : finding
}

function pageData(
  result: ScanResult,
  chains: readonly ScoredChain[],
  { all, version }: PageOptions,
  blocks: number,
): PageData {
  return {
    schema: 'tasktrail.page/1',
    version,
    summary: summaryJson(result),
    unmet: unmetText(result) ?? null,
    all,
    informational: result.chains.reduce((sum, scored) => sum + (isFinding(scored) ? 0 : 1), 0),
    root: placesOf(result.inputs).root,
    problems: result.problems.map(problemText),
    blindSpots: result.blindSpots,
    coverage: pageCoverage(result.fleet),
    programHosts: hostsOfPrograms(result.chains),
    index: pageIndex(chains),
    blockSize,
    blocks,
  }
}

/** Data in an element that no browser runs, and whose text cannot end it. */
function element(id: string, json: string, { pack }: PageOptions): string {
  if (json.length < packedFrom) return `<script type="application/json" id="${id}">${inMarkup(json)}</script>\n`
  return `<script type="application/gzip" id="${id}">${pack(json)}</script>\n`
}

/** JSON that can neither end the element that it stands in nor open a comment in it, nor reorder the page's source. */
const inMarkup = (json: string): string =>
  safeJson(json).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
