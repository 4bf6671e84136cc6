import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDefinition } from '../../src/decode/task-xml/index.ts'
import type { Problem } from '../../src/model/problem.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { openReader } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs.ts'

/** What is made of a file with this content, by the kind that it is taken for: facts in their order, and what could not be read. */
export async function factsOf(content: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-facts-'))
  try {
    writeFileSync(join(folder, 'input'), content)
    const { inputs } = await findInputs([folder])
    const facts: Record<string, unknown>[] = []
    const problems: Problem[] = []
    for (const [source, input] of inputs.entries()) {
      const unit = {
        source,
        name: input.name,
        path: input.path,
        kind: input.kind,
        from: 0,
        to: 1 << 20,
        bytes: input.bytes,
      }
      await openReader(interests).read(
        unit,
        (record) => {
          const fact = normalize(record, { readDefinition })
          if (fact !== null) facts.push({ ...fact })
        },
        (problem) => problems.push(problem),
        () => {},
      )
    }
    return { kind: inputs[0]?.kind ?? null, facts, problems: problems.map(({ code }) => code) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** An object a line. */
export const lines = (...values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')
