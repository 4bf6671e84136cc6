import { type ExportLanguage, exportLanguages } from '../../hunt/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

export interface ExportWanted {
  readonly language: ExportLanguage
  readonly window: string
}

/** `tasktrail export LANGUAGE`: the analytic in another language. */
export function exportWork({ language, window }: ExportWanted, { out, freeTerminal }: Surroundings): number {
  writeReport(out, [exportLanguages[language](window)], freeTerminal)
  return exitCodes.done
}
