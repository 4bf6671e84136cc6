import { type AttackFormat, attackFormats } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** `tasktrail attack`: what of MITRE ATT&CK this is. */
export function attackWork({ format }: { readonly format: AttackFormat }, { out, freeTerminal }: Surroundings): number {
  writeReport(out, attackFormats[format](), freeTerminal)
  return exitCodes.done
}
