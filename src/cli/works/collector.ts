import { type CollectorForm, collectors } from '../../report/collector/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** `tasktrail collector FORM`: what collects from a host all that is read of it. */
export function collectorWork({ form }: { readonly form: CollectorForm }, { out }: Surroundings): number {
  writeReport(out, collectors[form]())
  return exitCodes.done
}
