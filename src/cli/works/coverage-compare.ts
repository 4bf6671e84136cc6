import { z } from 'zod'
import { readAs } from '../../measure/form.ts'
import { type CapabilityId, capabilityIds, gradeNames } from '../../model/coverage-report.ts'
import { coverageDiff, coverageDiffText, coverageSchema, jsonLine, type KeptCoverage } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJson, readTextFile } from '../text-file.ts'

export interface CompareWanted {
  readonly older: string
  readonly newer: string
  readonly format: string
}

/** `tasktrail coverage --compare OLD NEW`: what got better or worse. Exits with 1 where something got worse. */
export function coverageCompareWork({ older, newer, format }: CompareWanted, { out }: Surroundings): number {
  const changes = coverageDiff(readCoverage(older), readCoverage(newer))
  writeReport(out, format === 'json' ? changes.map((change) => `${jsonLine(change)}\n`) : coverageDiffText(changes))
  return changes.some(({ is }) => is === 'worse' || is === 'gone') ? exitCodes.found : exitCodes.done
}

const state = z.object({ state: z.enum(['seen', 'partial', 'absent', 'no-channel', 'unknown']) })

const coverageForm = z.object({
  schema: z.literal(coverageSchema),
  hosts: z.array(
    z.object({
      name: z.string(),
      grade: z.enum(gradeNames as [(typeof gradeNames)[number]]),
      capabilities: z.partialRecord(z.enum(capabilityIds as [CapabilityId]), state),
    }),
  ),
})

/** What `coverage --format json` wrote. Anything else is wrong usage, with the place where it stops being that. */
function readCoverage(path: string): KeptCoverage[] {
  const read = readAs(coverageForm, parseJson(readTextFile(path), path))
  if ('wrong' in read) throw new UsageError(`${path}: not of the form ${coverageSchema}: ${read.wrong}`)
  return read.value.hosts
}
