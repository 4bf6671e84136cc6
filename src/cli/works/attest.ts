import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readAs } from '../../measure/form.ts'
import { type AttestedValidation, attestationOf, attestForms } from '../../report/index.ts'
import { scanPathsWith } from '../../run/index.ts'
import { hashInputs } from '../../run/input-hashes.ts'
import { writeReport } from '../output.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJson, readTextFile } from '../text-file.ts'
import { version } from '../version.ts'
import { openBaseline } from './baseline-file.ts'
import { readExpectedHosts } from './expected-hosts.ts'
import { sayGaps } from './gaps.ts'
import { openSettings } from './settings-file.ts'

export interface AttestWanted {
  readonly paths: readonly string[]
  /** The ending of the file: `.html`, `.md` or `.json`. */
  readonly form: string
  /** A file of the hosts that there should be. */
  readonly hosts: string | null
  readonly staleDays: number
  /** What `validate --format json` wrote. */
  readonly validate: string | null
  readonly baseline: string | null
  readonly settings: string | null
  readonly jobs: number | undefined
  readonly followLinks: boolean
  readonly quiet: boolean
}

/** `tasktrail attest`: what was looked at, what could have been seen and what was found, on one page. */
export async function attestWork(
  { paths, form, hosts, staleDays, validate, quiet, jobs, followLinks, ...named }: AttestWanted,
  { temporary, standardInput, onProgress, out, say }: Surroundings,
): Promise<number> {
  const print = attestForms[form]
  if (print === undefined) throw new RangeError(`no form ${form}`)
  const expected = hosts === null ? null : readExpectedHosts(hosts)
  const validation = validate === null ? null : readValidation(validate)
  const settings = named.settings === null ? null : openSettings(named.settings)
  const baseline = named.baseline === null ? null : openBaseline(named.baseline)
  const reading = { jobs, followLinks, standardInput }
  const result = await scanPathsWith(temporary, paths, {
    ...reading,
    ...{ baseline: baseline ?? ('input' as const), settings, coverage: { expected, staleDays }, onProgress },
  })
  const inputs = await hashInputs(paths, { standardInput, followLinks, temporary })
  const attestation = attestationOf(result, {
    ...{ version, baseline: baseline?.id ?? null, settings: settings?.settings.id ?? null },
    ...{ expected: expected?.length ?? null, validation, inputs },
  })
  baseline?.close()
  writeReport(out, print(attestation))
  if (!quiet) sayGaps(result, 'nothing', say)
  return readingExitCode(result)
}

const validationForm = z.object({
  schema: z.literal('tasktrail.validation/1'),
  cases: z.array(z.object({ name: z.string(), host: z.string(), outcome: z.string(), asExpected: z.boolean() })),
})

function readValidation(path: string): AttestedValidation {
  const text = readTextFile(path)
  const read = readAs(validationForm, parseJson(text, path))
  if ('wrong' in read) throw new UsageError(`${path}: not what validate --format json writes: ${read.wrong}`)
  return { file: path, sha256: createHash('sha256').update(text).digest('hex'), cases: read.value.cases }
}
