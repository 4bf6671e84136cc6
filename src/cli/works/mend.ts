import { interests } from '../../normalize/index.ts'
import { type MendForm, mendPieces } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** `tasktrail coverage --mend FORM` without an input: all that can be switched on. */
export function mendWork({ form }: { readonly form: MendForm }, { out }: Surroundings): number {
  writeReport(out, mendPieces(form, null, interests))
  return exitCodes.done
}
