import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaselineChoice } from '../../src/engine/weigh.ts'
import { findingJson, type ScanResult } from '../../src/report/index.ts'
import { scanPaths } from '../../src/run/index.ts'
import type { FindingDesk } from '../../src/serve/pipeline/commit.ts'
import type { Store } from '../../src/serve/store/store.ts'

/** What is equal of a finding however its records came: all but where they lie, and how much is known by then. */
export function canonical(json: string): string {
  const finding = JSON.parse(json) as { evidence: { source?: unknown; alsoIn?: unknown }[]; revision?: unknown }
  for (const one of finding.evidence) {
    delete one.source
    delete one.alsoIn
  }
  delete finding.revision
  return JSON.stringify(finding)
}

/** Every finding that stands, by id. */
export function standing(store: Store): Map<string, string> {
  const page = store.findings.list({ all: true, limit: 1_000_000 })
  if (page.kind !== 'page') throw new Error(page.kind)
  return new Map(page.findings.map(({ id }) => [id, canonical(store.findings.json(id) ?? '')] as const).sort())
}

/** A scan of these texts, weighed by no baseline unless one is given. */
export async function scanTexts(texts: readonly string[], baseline: BaselineChoice = 'none'): Promise<ScanResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-serve-'))
  try {
    texts.forEach((text, n) => void writeFileSync(join(folder, `${n}.jsonl`), text))
    const result = await scanPaths([folder], { jobs: 1, baseline })
    if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems))
    return result
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every finding of that, by id. */
export async function scannedTexts(
  texts: readonly string[],
  baseline: BaselineChoice = 'none',
): Promise<Map<string, string>> {
  const { chains, inputs } = await scanTexts(texts, baseline)
  const told = chains.map(
    (scored) => [scored.chain.id, canonical(JSON.stringify(findingJson(scored, inputs)))] as const,
  )
  return new Map(told.sort())
}

export const nobody: FindingDesk = { published: () => {}, withdrawn: () => {} }
